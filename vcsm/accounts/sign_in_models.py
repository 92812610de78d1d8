"""The browsers that members are signed in with. A user's, as log-ins are: of no workspace."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class SignIn(AbstractBaseSession):
    """One browser that is signed in, or half way: the password was right, the code is awaited.

    Django's session (its key is what the browser's cookie holds) that knows whose it is, so that
    all of a member's can be shown and ended.
    """

    class State(models.TextChoices):
        WHOLE = "whole"
        HALF = "half"
        OLD = "old"
        """It has another key by now, and for some seconds still answers to this one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sign_ins"
    )
    state = models.CharField(max_length=5, choices=State, default=State.WHOLE)
    agent = models.CharField(max_length=200, blank=True)
    """As the browser names itself (`User-Agent`)."""
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    """To the minute, while the console is open there."""

    @classmethod
    def get_session_store_class(cls) -> type:
        from vcsm.accounts.sign_in_store import SessionStore

        return SessionStore
