import uuid

from django.db import models

from vcsm.accounts.models import Account, Contact, Member, Workspace
from vcsm.conversations.models import Conversation, Nudge
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent


class Policy(models.Model):
    """How a workspace wants decisions made. A workspace without a row has these defaults."""

    workspace = models.OneToOneField(Workspace, models.CASCADE)
    minutes_a_day = models.FloatField(null=True, blank=True)
    """Minutes of all members together, for struggles without a call for help; empty: no budget."""
    stakes = models.JSONField(default=dict, blank=True)
    """Fields of `worth.Stakes` that differ from the defaults there."""
    max_false_share = models.FloatField(default=0.2)
    confidence = models.FloatField(default=0.9)
    """What the certificate should promise: share and confidence, both between 0 and 1."""
    verdict_share = models.FloatField(default=0.5)
    """Share of escalations, drawn at random, whose verdict is asked for."""
    silence_share = models.FloatField(default=0.02)
    """Share of sessions without a call, drawn at random, that a member is asked to look at."""
    quiet = models.JSONField(null=True, blank=True)
    """Hours in which only urgent deadlines run, such as
    `{"starts": "20:00", "ends": "07:00", "zone": "Europe/Berlin"}`; empty: none."""
    refused = models.JSONField(null=True, blank=True)
    """`policy.Refused`: the latest file refused since a policy was put in force; empty: none."""


class LearntModel(models.Model):
    """A workspace's `probability.Model`, learnt again at every verdict."""

    workspace = models.OneToOneField(Workspace, models.CASCADE)
    model = models.JSONField()
    calibration = models.JSONField()
    """Pairs of stated probability and outcome, for `probability.calibrate`."""
    verdicts = models.IntegerField()
    taught = models.JSONField(default=dict)
    """`pooling.Taught` of the workspace's own verdicts; empty if there are none."""
    pooled = models.JSONField(default=dict)
    """The workspace's part of the `SharedModel`: its `taught` when last pooled."""
    learnt_at = models.DateTimeField()


class SharedModel(models.Model):
    """One row: the sum of what the verdicts of all workspaces taught. It contains no case."""

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
    """Reason of the latest decision: `asked`, `friction`, `failed_help`, …"""
    summary = models.CharField(max_length=300)
    page = models.CharField(max_length=512, blank=True)
    element = models.CharField(max_length=64, blank=True)
    element_name = models.CharField(max_length=120, blank=True)
    intent = models.ForeignKey(CapturedIntent, models.SET_NULL, null=True)
    score = models.FloatField()
    opened_score = models.FloatField(null=True)
    """The score at opening: later evidence must not flatter the certificate."""
    worth = models.JSONField(default=dict)
    """From the latest decision: probability with its interval, value, price of a minute."""
    kind = models.CharField(max_length=40, blank=True)
    """What opened it: a signal's kind or a turn's reason. Track records are kept by it."""
    verdict_asked = models.BooleanField(default=False)
    """Whether it was drawn at random at opening: only such verdicts count for the certificate."""
    verdict_probability = models.FloatField(default=0.5)
    """The share with which it was drawn."""
    send_from = models.FloatField(null=True)
    """The certified threshold in force when it was opened; empty: none."""
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    owner = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="escalations")
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    due_at = models.DateTimeField()
    snoozed_until = models.DateTimeField(null=True)
    """End of the running `Snooze`, which says who and why; until then lists leave it out."""
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
    """Continue, offer or escalate: one for every signal and turn, with the facts it rests on."""

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
    """The `decide.Facts` of that moment, so that the decision can be made again."""
    numbers = models.JSONField(default=dict)
    unseen = models.JSONField(default=list)
    """What could not be seen when deciding; an empty source is never read as health."""
    answer = models.TextField(default="")
    """The whole `decide.Decision` as it was encoded; `explain` must reproduce these bytes."""
    signal = models.ForeignKey(FrictionSignal, models.SET_NULL, null=True)
    intent = models.ForeignKey(CapturedIntent, models.SET_NULL, null=True)
    nudge = models.ForeignKey(Nudge, models.SET_NULL, null=True)
    escalation = models.ForeignKey(Escalation, models.SET_NULL, null=True, related_name="decisions")

    class Meta:
        indexes = [models.Index(fields=["session", "at"]), models.Index(fields=["workspace", "at"])]


class Verdict(models.Model):
    """A member's three answers about one escalation."""

    class Reason(models.TextChoices):
        """Why an escalation was a false alarm."""

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
