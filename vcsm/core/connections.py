"""How a web process shares its database connections between requests and sockets."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar, cast

from channels.db import DatabaseSyncToAsync
from django.db import connection
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
R = TypeVar("R")

SOCKET_THREADS = 4
"""Socket calls that may be in the database at once. Channels by itself has one thread for all of
them, in which everybody waits for the slowest."""

_threads = ThreadPoolExecutor(SOCKET_THREADS, thread_name_prefix="sockets")


def in_thread(function: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """Makes `function` a coroutine that runs in a thread and then gives its connection back."""
    called = DatabaseSyncToAsync(function, thread_sensitive=False, executor=_threads)
    return cast(Callable[P, Awaitable[R]], called)


def close_connection(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that closes the request's database connection.

    Under ASGI every request has a thread of its own, which ends with it; Django would leave that
    thread's connection to the garbage collector, and the pool has only a few.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        finally:
            if not connection.in_atomic_block:  # a test's transaction outlives the request
                connection.close()

    return respond
