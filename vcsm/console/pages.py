"""The page that holds the single-page app, and signing out; `sign_in` is the way in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vcsm.accounts.broadcast import access_changed
from vcsm.console.access import find_member, lacks_second_factor
from vcsm.console.doorkeeper import note_sign_out

# The console runs only its own bundle: no inline script, no inline style, and no frame but the
# replay player's, which has its own policy (`api/replay.py`).
_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ]
)


def with_policy(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Adds the console's content security policy to the view's answer."""

    @wraps(view)
    def guarded(*arguments: Any, **named: Any) -> HttpResponseBase:
        response = view(*arguments, **named)
        response.headers["Content-Security-Policy"] = _POLICY
        # A page whose address is a secret says something stricter.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return guarded


@never_cache
@with_policy
@login_required
@require_safe
def show_console(request: HttpRequest, path: str = "") -> HttpResponse:
    """Sends the same page for every address: the app reads the address and asks the API."""
    if lacks_second_factor(request.user):
        return redirect("second-factor")
    return render(request, "console/app.html")


@method_decorator([never_cache, with_policy], name="dispatch")
class SignOut(LogoutView):
    """Signs a member out, by POST only, so that no foreign page can do it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = find_member(request.user)
        note_sign_out(request.user, now=timezone.now())
        response = super().post(request, *args, **kwargs)
        if member is not None:
            access_changed(member.workspace_id)
        return response
