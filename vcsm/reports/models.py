import uuid

from django.db import models

from vcsm.accounts.models import Member, Workspace


class DigestReader(models.Model):
    """A member who asked for the weekly digest."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()


class DigestMail(models.Model):
    """A week's digest for one address: the row is written first, and sent by whoever claims it.

    A claim lasts for a while (`digest.deliver.CLAIM`); then another worker may claim the digest.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    to = models.EmailField()
    until = models.DateTimeField()
    """The end of the week it is about."""
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How often it was claimed."""
    sent_at = models.DateTimeField(null=True)
    failed = models.TextField(blank=True)
    """Why the last attempt to send it failed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "to", "until"], name="digest_once")
        ]
