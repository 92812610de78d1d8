from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from vcsm.config.health import healthz, metrics, readyz

urlpatterns = [
    path("", RedirectView.as_view(url="/demo/" if settings.VCSM_DEMO else "/console/")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("console/", include("vcsm.console.urls")),
]
handler404 = "vcsm.config.missing.not_found"
if settings.VCSM_DEMO:
    urlpatterns.append(path("demo/", include("vcsm.demo.urls")))
