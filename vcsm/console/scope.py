"""Limits everything behind `/console/api/` to the workspace of the member who asks; all but their
own login, which belongs to none."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vcsm.accounts.scope import in_workspace
from vcsm.console.access import find_member

API = "/console/api/"
OWN = "/console/api/you"


def scope_to_member(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that enters the member's workspace. A request without a member passes unscoped,
    and the views behind it refuse it."""

    def respond(request: HttpRequest) -> HttpResponse:
        own = request.path == OWN or request.path.startswith(f"{OWN}/")
        if own or not request.path.startswith(API):
            return get_response(request)
        member = find_member(request.user)
        if member is None:
            return get_response(request)
        request.vcsm_member = member  # type: ignore[attr-defined]
        with in_workspace(member.workspace_id):
            return get_response(request)

    return respond
