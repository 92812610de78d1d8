"""Recognises a browser in which a member has signed in before, which wrong passwords of strangers
do not lock out.

Otherwise anybody who knows a member's name could keep them out by guessing wrong on purpose. Such a
browser only has its own share of tries (OWASP, "Slow Down Online Guessing Attacks with Device
Cookies"): password and code are still asked for.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseBase

COOKIE = "vcsm_known_browser"
LASTS = timedelta(days=90)
PATH = "/console/login"


def remember_browser(response: HttpResponseBase, user: User) -> None:
    """Sets the cookie on a response that signs the user in completely."""
    response.set_cookie(
        COOKIE,
        _signer(user).sign(secrets.token_hex(8)),
        max_age=LASTS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known_browser(request: HttpRequest, name: str) -> str | None:
    """Returns a name for this browser if the member of that name has signed in here with their
    present password, or None."""
    told = request.COOKIES.get(COOKIE, "")
    user = User.objects.filter(username=name).first() if told else None
    if user is None:
        return None
    try:
        return f"{user.pk}|{_signer(user).unsign(told, max_age=LASTS)}"
    except BadSignature:
        return None


def _signer(user: User) -> TimestampSigner:
    # A cookie is valid for one member and one password, and reveals neither.
    return TimestampSigner(salt=f"{COOKIE}|{user.pk}|{user.get_session_auth_hash()}")
