"""Keeps the console's answers, which are for the member who asked, out of all caches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"
"""Caches in front of a server keep every answer that does not forbid it. Some look only at the end
of the address (.csv, .pdf) and ignore for whose cookie an answer was made."""


def keep_out_of_caches(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware around everything that may answer; keeps a `Cache-Control` that a view has set."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith("/console/"):
            response.headers.setdefault("Cache-Control", PRIVATE)
        return response

    return respond
