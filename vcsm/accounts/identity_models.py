"""Rows of signed identity: a workspace's keys, and the tokens that browsers have used."""

from django.db import models


class IdentityKey(models.Model):
    """A secret with which the workspace's own server signs who a contact is.

    Two may be live at once, so that a new one can be rolled out before the old one is retired.
    """

    workspace = models.ForeignKey(
        "accounts.Workspace", models.CASCADE, related_name="identity_keys"
    )
    kid = models.CharField(max_length=32)
    """The key's name in a token's header."""
    sealed = models.TextField()
    """The secret, encrypted by `vcsm.core.sealed`."""
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kid"], name="identity_key_once")
        ]


class UsedToken(models.Model):
    """A token and the browser that used it first: a stolen one opens nothing in another browser."""

    workspace = models.ForeignKey("accounts.Workspace", models.CASCADE)
    digest = models.CharField(max_length=64)
    """SHA-256 of the signed content; the token itself is not kept."""
    browser_id = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "digest"], name="used_once")]
