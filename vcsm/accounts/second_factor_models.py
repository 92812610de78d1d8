"""A member's second factor. Like a log-in it belongs to the user, not to a workspace."""

from django.conf import settings
from django.db import models


class SecondFactor(models.Model):
    """An authenticator app. It is in force once one of its codes was right (`confirmed_at`)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor"
    )
    sealed = models.TextField()
    """The shared secret (base32), sealed by `vcsm.core.sealed`."""
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)
    """Time step of the last code accepted: no code is good twice (RFC 6238, section 5.2)."""


class RecoveryCode(models.Model):
    """One of ten codes, each of which opens the console once if the authenticator is lost."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes"
    )
    hashed = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True, blank=True)
