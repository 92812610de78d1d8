"""Keeps the console's answers, which are for the member who asked, out of all caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"
"""Caches in front of a server keep what does not forbid it; some look at the address's ending alone
(.csv, .pdf) and ignore whose cookie an answer was made for."""


def keep_out_of_caches(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around everything that may answer; a header that a view has set stays."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/console/"):
            response.headers.setdefault("Cache-Control", PRIVATE)
        return response

    return respond
