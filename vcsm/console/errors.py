"""What a view's exceptions look like to the page, beyond what REST framework knows."""

from typing import Any

from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import exception_handler

from vcsm.core.ask import NobodyAnswered


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """No worker to ask is no fault of the request: 503, and what to look at. Who is signed out is
    told so by a code: a refusal of what a member may not do has the same status."""
    if isinstance(error, NobodyAnswered):
        return Response({"detail": str(error)}, status=503, headers={"Retry-After": "5"})
    if isinstance(error, NotAuthenticated):
        said = {"code": "signed_out", "detail": "Sign in as a member of a workspace."}
        return Response(said, status=403)
    return exception_handler(error, context)
