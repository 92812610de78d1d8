import uuid

from django.db import models
from django.db.models.functions import MD5
from pgvector.django import VectorField

from vcsm.accounts.models import Contact, Member, Workspace
from vcsm.events.models import Session


class Taxonomy(models.Model):
    """A workspace's intents as a whole; a count of edits tells a worker that its model is old."""

    workspace = models.OneToOneField(Workspace, models.CASCADE, primary_key=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)
    encoder_id = models.CharField(max_length=120, blank=True)
    """Encoder whose vectors are compared; empty until there is an example."""
    confirmed = models.PositiveIntegerField(default=0)
    """Number of messages whose intent somebody confirmed; the calibration follows it."""
    paths = models.JSONField(default=dict, blank=True)
    """What the ways through the product tell about intents (`paths.PathModel`)."""


class Intent(models.Model):
    """Something contacts of this workspace try to do."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="intents")
    name = models.CharField(max_length=120)
    """Stable key, e.g. `card_arrival`."""
    title = models.CharField(max_length=200)
    """What people read, e.g. "When my card arrives". It teaches the model too."""
    description = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    signs = models.JSONField(default=list, blank=True)
    """Pages and tracked events that by themselves imply it: `["/team/*", "track:invite_*"]`."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "name"], name="intent_once")]

    def __str__(self) -> str:
        return self.title


class IntentExample(models.Model):
    """An example text of an intent. `vector` is its layered feature, without fixed width."""

    intent = models.ForeignKey(Intent, models.CASCADE, related_name="examples")
    text = models.TextField()
    vector = VectorField()
    encoder_id = models.CharField(max_length=120)
    next_vector = VectorField(null=True, blank=True)
    """Vector by the new encoder while a change is under way; replaces `vector` when that ends."""
    next_encoder_id = models.CharField(max_length=120, blank=True)

    class Meta:
        # On a digest: an index entry cannot hold a text of several kilobytes.
        constraints = [models.UniqueConstraint("intent", MD5("text"), name="example_once")]


class UnmetCluster(models.Model):
    """A wish that no intent covers, as several contacts put it.

    The row stays the same from night to night, so that its age and what was decided about it
    outlive the next clustering.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="unmet_clusters")
    title = models.CharField(max_length=300)
    phrases = models.JSONField(default=list)
    centre = VectorField()
    encoder_id = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    contacts = models.PositiveIntegerField()
    accounts = models.PositiveIntegerField()
    annual_revenue = models.DecimalField(max_digits=16, decimal_places=2)
    trend = models.JSONField(default=list)
    """Messages on each day of the period, oldest first."""
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField()
    """When it was first found."""
    seen_at = models.DateTimeField()
    """When it was last found; if earlier than the workspace's newest, it is no longer asked for."""
    intent = models.ForeignKey(Intent, models.SET_NULL, null=True, blank=True)
    """The intent it was made into."""
    settled_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    """When it was made into an intent, or put aside."""

    class Meta:
        indexes = [models.Index(fields=["workspace", "-seen_at"], name="unmet_seen")]

    def __str__(self) -> str:
        return self.title


class ImpliedCursor(models.Model):
    """Which event of a session was last looked at for what it implies."""

    session = models.OneToOneField(Session, models.CASCADE, primary_key=True)
    sequence = models.IntegerField()
    position = models.SmallIntegerField()


class Choice(models.Model):
    """A contact's pick of one of the intents they were asked about; it is answered once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    intent = models.ForeignKey(Intent, models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["chosen_at"], name="choice_waits", condition=models.Q(answered_at=None)
            )
        ]


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
    """The best intent; empty when the outcome is none."""
    probability = models.FloatField()
    p_value = models.FloatField()
    alternatives = models.JSONField(default=list)
    """`[{"intent", "name", "title", "probability"}, …]`, best first."""
    evidence = models.JSONField(default=dict)
    """What it rests on: `{"kind": "said" | "chosen" | "search" | "page" | "track" | "path", …}`."""
    valence = models.FloatField(null=True, blank=True)
    """Tone of what was written, -1 (negative) to 1 (positive); empty for what nobody wrote."""
    unmet = models.ForeignKey(
        UnmetCluster, models.SET_NULL, null=True, blank=True, related_name="captured"
    )
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
            models.Index(fields=["workspace", "-corrected_at"], name="captured_corrected"),
        ]
