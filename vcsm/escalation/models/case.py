import uuid

from django.db import models

from vcsm.accounts.models import Account, Contact, Member, Workspace
from vcsm.conversations.models import Conversation, Nudge
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent


class Policy(models.Model):
    """What a workspace wants of deciding; a workspace without one has these defaults."""

    workspace = models.OneToOneField(Workspace, models.CASCADE)
    minutes_a_day = models.FloatField(null=True, blank=True)
    """Of all its members together, for struggles nobody asked help for; empty: no budget."""
    stakes = models.JSONField(default=dict, blank=True)
    """Fields of `worth.Stakes` that differ from the written ones."""
    max_false_share = models.FloatField(default=0.2)
    confidence = models.FloatField(default=0.9)
    """What the certificate is to say; the share and its confidence, both between 0 and 1."""
    verdict_share = models.FloatField(default=0.5)
    """Share of escalations whose verdict is asked for, drawn at random."""
    silence_share = models.FloatField(default=0.02)
    """Share of sessions in which nobody was called that a member is asked to look at."""
    quiet = models.JSONField(null=True, blank=True)
    """`{"starts": "20:00", "ends": "07:00", "zone": "Europe/Berlin"}`: nobody is hurried then."""
    refused = models.JSONField(null=True, blank=True)
    """`policy.Refused`: a file that came into no force since; empty: none did."""


class LearntModel(models.Model):
    """`probability.Model` of a workspace, learnt again with every verdict."""

    workspace = models.OneToOneField(Workspace, models.CASCADE)
    model = models.JSONField()
    calibration = models.JSONField()
    """Pairs of what was said and what came true, for `probability.calibrate`."""
    verdicts = models.IntegerField()
    taught = models.JSONField(default=dict)
    """`pooling.Taught` of the workspace's own verdicts; empty without any."""
    pooled = models.JSONField(default=dict)
    """What of it is in the `SharedModel`."""
    learnt_at = models.DateTimeField()


class SharedModel(models.Model):
    """One row: what all workspaces' verdicts taught together, summed. It holds no case."""

    taught = models.JSONField()
    names = models.JSONField()
    workspaces = models.IntegerField()
    pooled_at = models.DateTimeField()


class Escalation(models.Model):
    """A decision that asks for a human. At most one is open per contact and cause."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        RESOLVED = "resolved"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE)
    account = models.ForeignKey(Account, models.SET_NULL, null=True)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="escalations")
    session = models.ForeignKey(Session, models.CASCADE, related_name="escalations")
    conversation = models.ForeignKey(Conversation, models.SET_NULL, null=True)
    cause = models.CharField(max_length=200)
    reason = models.CharField(max_length=30)
    """The reason class of the latest decision: `asked`, `friction`, `failed_help`, …"""
    summary = models.CharField(max_length=300)
    page = models.CharField(max_length=512, blank=True)
    element = models.CharField(max_length=64, blank=True)
    element_name = models.CharField(max_length=120, blank=True)
    intent = models.ForeignKey(CapturedIntent, models.SET_NULL, null=True)
    score = models.FloatField()
    opened_score = models.FloatField(null=True)
    """The score it was opened with: later evidence must not flatter the certificate."""
    worth = models.JSONField(default=dict)
    """From the latest decision: probability with its interval, value, price of a minute."""
    kind = models.CharField(max_length=40, blank=True)
    """Of what it opened with: a signal's kind, or a turn's reason. Track records are kept by it."""
    verdict_asked = models.BooleanField(default=False)
    """Drawn at random when opened: only such verdicts count for the certificate."""
    verdict_probability = models.FloatField(default=0.5)
    """With which it was drawn."""
    send_from = models.FloatField(null=True)
    """The certified threshold that was in force when it was opened."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="escalations")
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    due_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True)
    """Of the running `Snooze`, which says who and why: what lists leave out."""
    taken_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "cause"],
                condition=~models.Q(state="resolved"),
                name="one_open_escalation_per_cause",
            )
        ]
        indexes = [models.Index(fields=["workspace", "state", "-opened_at"])]


class Decision(models.Model):
    """Continue, offer or escalate: one for every signal and turn, with what it was made from."""

    class Action(models.TextChoices):
        CONTINUE = "continue"
        OFFER = "offer"
        ESCALATE = "escalate"

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    contact = models.ForeignKey(Contact, models.CASCADE)
    session = models.ForeignKey(Session, models.CASCADE, related_name="decisions")
    at = models.DateTimeField()
    action = models.CharField(max_length=10, choices=Action)
    reason = models.CharField(max_length=30)
    rule = models.CharField(max_length=60)
    score = models.FloatField()
    facts = models.JSONField()
    """`decide.Facts` as they stood, so that the decision can be made again."""
    numbers = models.JSONField(default=dict)
    unseen = models.JSONField(default=list)
    """What could not be seen when deciding; an empty source is never read as health."""
    answer = models.TextField(default="")
    """The whole `decide.Decision` as the bytes it was made as; `explain` makes them again."""
    signal = models.ForeignKey(FrictionSignal, models.SET_NULL, null=True)
    intent = models.ForeignKey(CapturedIntent, models.SET_NULL, null=True)
    nudge = models.ForeignKey(Nudge, models.SET_NULL, null=True)
    escalation = models.ForeignKey(Escalation, models.SET_NULL, null=True, related_name="decisions")

    class Meta:
        indexes = [models.Index(fields=["session", "at"]), models.Index(fields=["workspace", "at"])]


class Verdict(models.Model):
    """A member's three answers about one escalation."""

    class Reason(models.TextChoices):
        """Why an escalation was turned down."""

        NOT_STUCK = "not_stuck"
        SOLVED_ITSELF = "solved_itself"
        ALREADY_KNOWN = "already_known"
        NOT_OURS = "not_ours"
        TEST = "test"
        OTHER = "other"

    escalation = models.OneToOneField(Escalation, models.CASCADE, related_name="verdict")
    member = models.ForeignKey(Member, models.CASCADE)
    done = models.BooleanField()
    worked = models.BooleanField(null=True)
    false_alarm = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
