"""Rows of signed identity: a workspace's keys, and the tokens that were used with them."""

from django.db import models


class IdentityKey(models.Model):
    """A secret that the workspace's own server signs with, to say who a contact is.

    Two may live at once, so that a new one can be rolled out before the old one is retired.
    """

    workspace = models.ForeignKey(
        "accounts.Workspace", models.CASCADE, related_name="identity_keys"
    )
    kid = models.CharField(max_length=32)
    """Names the key in a token's header."""
    sealed = models.TextField()
    """`vcsm.core.sealed` of the secret."""
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kid"], name="identity_key_once")
        ]


class UsedToken(models.Model):
    """A token belongs to the browser that brought it first: stolen, it opens nothing elsewhere."""

    workspace = models.ForeignKey("accounts.Workspace", models.CASCADE)
    digest = models.CharField(max_length=64)
    """SHA-256 of what was signed; the token itself is not kept."""
    browser_id = models.UUIDField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "digest"], name="used_once")]
