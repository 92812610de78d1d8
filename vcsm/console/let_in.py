"""The one place where somebody becomes signed in: in the session, and in the audit."""

from datetime import datetime

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest

from vcsm.accounts.sign_ins import note_browser
from vcsm.console.doorkeeper import note_sign_in

BACKEND = "django.contrib.auth.backends.ModelBackend"


@transaction.atomic
def let_in(request: HttpRequest, user: User, *, now: datetime) -> None:
    """Signs the user in; the caller has checked password, code or invitation."""
    note_sign_in(user, now=now)
    login(request, user, backend=BACKEND)
    note_browser(request, now=now)
