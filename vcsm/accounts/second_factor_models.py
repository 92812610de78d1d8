"""A member's second factor. A user's, as log-ins are: it belongs to no workspace."""

from django.conf import settings
from django.db import models


class SecondFactor(models.Model):
    """An authenticator app. In force once a code of it was right (`confirmed_at`)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor"
    )
    sealed = models.TextField()
    """`vcsm.core.sealed` of the shared secret (base32)."""
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)
    """Of the last code taken: no code is good twice (RFC 6238, section 5.2)."""


class RecoveryCode(models.Model):
    """One of ten that open the console once each, where the authenticator is lost."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes"
    )
    hashed = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True, blank=True)
