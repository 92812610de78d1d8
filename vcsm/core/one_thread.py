"""Django's ASGI handler for a site of synchronous views: it answers each request in one go."""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneThreadHandler(ASGIHandler):
    """Runs middleware and view in the request's thread, one after the other.

    Django's own handler returns to the event loop around each synchronous piece, where a request
    waits behind all sockets of the process, several times over.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response)(request)
