"""The browsers that members are signed in with; like logins, they belong to no workspace."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class SignIn(AbstractBaseSession):
    """One browser that is signed in, or half way: the password was right, the code is awaited.

    It is Django's session (the browser's cookie holds its key) with its user, so that all sessions
    of a member can be shown and ended.
    """

    class State(models.TextChoices):
        WHOLE = "whole"
        HALF = "half"
        OLD = "old"
        """The session has a new key, and for some seconds still answers to this old one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sign_ins"
    )
    state = models.CharField(max_length=5, choices=State, default=State.WHOLE)
    agent = models.CharField(max_length=200, blank=True)
    """What the browser calls itself (`User-Agent`)."""
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    """When the console was last open there, to the minute."""

    @classmethod
    def get_session_store_class(cls) -> type:
        from vcsm.accounts.sign_in_store import SessionStore

        return SessionStore
