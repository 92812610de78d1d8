"""How a view's exceptions are answered, beyond what REST framework does."""

from typing import Any

from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.views import exception_handler

from vcsm.core.ask import NobodyAnswered


def answer_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Returns the answer for an exception; None makes Django answer 500.

    When no worker answered, it is a 503 that says what to look at. Being signed out has its own
    code, because a refusal of what a member may not do has the same status.
    """
    if isinstance(error, NobodyAnswered):
        return Response({"detail": str(error)}, status=503, headers={"Retry-After": "5"})
    if isinstance(error, NotAuthenticated):
        said = {"code": "signed_out", "detail": "Sign in as a member of a workspace."}
        return Response(said, status=403)
    return exception_handler(error, context)
