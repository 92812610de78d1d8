from django.urls import include, path

urlpatterns = [path("demo/", include("vcsm.demo.urls"))]
