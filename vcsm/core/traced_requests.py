"""Gives each request a trace, and names it in the response."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from vcsm.core.spans import span
from vcsm.core.trace import current_trace, new_trace, read_traceparent, tracing

log = structlog.get_logger(__name__)

HEADER = "X-Trace-Id"


def trace_request(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that continues the caller's trace, as `traceparent` names it, or starts a new one.

    Every request that failed on our side (status 500 or above) is logged.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        trace = read_traceparent(request.headers.get("traceparent")) or new_trace()
        with tracing(trace), span(f"{request.method} {_kind(request)}", kind="server"):
            response = get_response(request)
            response.headers[HEADER] = current_trace().id
            if response.status_code >= 500:
                log.error("request failed", method=request.method, status=response.status_code)
        return response

    return respond


def _kind(request: HttpRequest) -> str:
    """Returns the path's first three parts: span names must be few, and the rest may hold ids."""
    return "/".join(request.path.split("/")[:4])
