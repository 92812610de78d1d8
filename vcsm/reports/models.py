import uuid

from django.db import models

from vcsm.accounts.models import Member, Workspace


class DigestReader(models.Model):
    """A member who asked for the weekly digest."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField()


class DigestMail(models.Model):
    """A week's digest to one address: written first, sent by whoever claims it.

    A claim holds for a while (`digest.deliver.CLAIM`): whoever dies with it is followed by another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    to = models.EmailField()
    until = models.DateTimeField()
    """The end of the week it tells of."""
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How often it was claimed."""
    sent_at = models.DateTimeField(null=True)
    failed = models.TextField(blank=True)
    """Why it could not be sent the last time."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "to", "until"], name="digest_once")
        ]
