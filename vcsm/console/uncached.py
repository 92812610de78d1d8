"""What the console answers is for the member who asked, and lies in nobody's cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"
"""Caches in front of a server keep what says nothing of it; some go by the address's ending alone
(.csv, .pdf) and whose cookie it was made for is nothing to them."""


def keep_out_of_caches(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, around all that may answer; a view may have said something stricter."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/console/"):
            response.headers.setdefault("Cache-Control", PRIVATE)
        return response

    return respond
