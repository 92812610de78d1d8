from django.db import models
from django.db.models.functions import MD5
from pgvector.django import VectorField

from vcsm.accounts.models import Contact, Member, Workspace
from vcsm.events.models import Session


class Taxonomy(models.Model):
    """Counts the edits of a workspace's intents, so that a worker knows when its model is old."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)


class Intent(models.Model):
    """Something contacts of this workspace try to do."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="intents")
    name = models.CharField(max_length=120)
    """Stable key, e.g. `card_arrival`."""
    title = models.CharField(max_length=200)
    """As people read it, e.g. "When my card arrives". It teaches the model too."""
    description = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="intent_once")]

    def __str__(self) -> str:
        return self.title


class IntentExample(models.Model):
    """A text that stands for an intent. `vector` is its layered feature, without fixed width."""

    intent = models.ForeignKey(Intent, models.CASCADE, related_name="examples")
    text = models.TextField()
    vector = VectorField()
    encoder_id = models.CharField(max_length=120)

    class Meta:
        # Through a digest: an index entry cannot hold a text of several kilobytes.
        constraints = [models.UniqueConstraint("intent", MD5("text"), name="example_once")]


class CapturedIntent(models.Model):
    """What one contact was trying to do at one moment, as understood then."""

    class Source(models.TextChoices):
        ASKED = "asked"
        IMPLIED = "implied"

    class Outcome(models.TextChoices):
        SURE = "sure"
        UNSURE = "unsure"
        NONE = "none"

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="captured_intents")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="captured_intents"
    )
    source = models.CharField(max_length=8, choices=Source)
    text = models.TextField(blank=True)
    vector = VectorField(null=True, blank=True)
    encoder_id = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome)
    intent = models.ForeignKey(Intent, models.SET_NULL, null=True, blank=True)
    """The best intent; when the outcome is none, empty."""
    probability = models.FloatField()
    p_value = models.FloatField()
    alternatives = models.JSONField(default=list)
    """`[{"intent", "name", "title", "probability"}, …]`, best first."""
    evidence = models.JSONField(default=dict)
    """What it stands on: `{"kind": "said" | "chosen" | "search" | "page" | "track", …}`."""
    at = models.DateTimeField()
    corrected_to = models.ForeignKey(
        Intent, models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    corrected_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    """The member who corrected it; empty when the contact did."""
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["contact", "-at"]),
            models.Index(fields=["session", "-at"]),
            models.Index(fields=["workspace", "outcome", "-at"]),
        ]
