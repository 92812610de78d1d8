"""Gives a request's database connection back when the request is over."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse


def close_connection(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Under ASGI every request has a thread of its own, which ends with it; Django
    would leave that thread's connection to the garbage collector, and PostgreSQL has a hundred."""

    def respond(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        finally:
            if not connection.in_atomic_block:  # a test's own, which outlives the request
                connection.close()

    return respond
