"""The members' socket, below `/console/`."""

from django.urls import path

from vcsm.console.consumer import ConsoleConsumer

websocket_urlpatterns = [
    path("socket", ConsoleConsumer.as_asgi()),  # type: ignore[arg-type]
]
