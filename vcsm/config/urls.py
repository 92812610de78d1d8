from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.generic import RedirectView


def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; says nothing about what stands behind it."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", RedirectView.as_view(url="/demo/" if settings.VCSM_DEMO else "/console/")),
    path("healthz", healthz),
    path("console/", include("vcsm.console.urls")),
]
if settings.VCSM_DEMO:
    urlpatterns.append(path("demo/", include("vcsm.demo.urls")))
