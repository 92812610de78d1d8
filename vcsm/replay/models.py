from django.db import models

from vcsm.accounts.models import Member, Workspace
from vcsm.events.models import Session


class ReplaySwitch(models.Model):
    """A workspace with a row here records its contacts' pages, masked; without one it does not."""

    workspace = models.OneToOneField(
        Workspace, models.CASCADE, primary_key=True, related_name="replay_switch"
    )
    turned_on_at = models.DateTimeField()
    by = models.ForeignKey(Member, models.SET_NULL, null=True)
    """Empty if turned on at the command line."""


class ReplayAsk(models.Model):
    """A session's widget was asked for what it holds; only then is anything accepted from it."""

    session = models.OneToOneField(
        Session, models.CASCADE, primary_key=True, related_name="replay_ask"
    )
    asked_at = models.DateTimeField()
    """When it was last asked."""


class ReplayChunk(models.Model):
    """Some seconds of a session: a JSON array of rrweb events, as gzip."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="replay_chunks")
    sequence = models.IntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    """Times of the first and last event, by our clock."""
    offset_ms = models.BigIntegerField()
    """Our clock minus the browser's, by which the events inside are stamped, in milliseconds."""
    events = models.IntegerField()
    size = models.IntegerField()
    """Size of `body` in bytes."""
    body = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "sequence"], name="replay_chunk_once")
        ]
        indexes = [models.Index(fields=["received_at"])]
