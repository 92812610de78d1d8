import uuid

from django.db import models

from vcsm.accounts.models import Contact, Workspace
from vcsm.events.models import Session


class FrictionSignal(models.Model):
    """One episode of struggle, as last judged: it grows, and may be retracted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    session = models.ForeignKey(Session, models.CASCADE, related_name="signals")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    """Identifies the episode within its session; a signal with the same key updates it."""
    element = models.CharField(max_length=64, blank=True)
    element_name = models.CharField(max_length=120, blank=True)
    page = models.CharField(max_length=512, blank=True)
    severity = models.FloatField()
    count = models.IntegerField()
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    evidence = models.JSONField(default=list)
    """`[[sequence, position], …]` of the events that are the evidence."""
    facts = models.JSONField(default=dict)
    retracted_at = models.DateTimeField(null=True, blank=True)
    revision = models.IntegerField(default=1)
    reacted_revision = models.IntegerField(default=0)
    """The latest revision a worker has reacted to; if it is below `revision`, one still must."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "key"], name="episode_once")]
        indexes = [
            models.Index(fields=["workspace", "last_at"]),
            models.Index(
                fields=["last_at"],
                name="signal_waiting",
                condition=models.Q(reacted_revision__lt=models.F("revision")),
            ),
        ]
