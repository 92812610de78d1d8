"""Tables of governance: rows with who and when; nothing is a flag that somebody flipped."""

import uuid

from django.db import models

from vcsm.accounts.models import Browser, Contact, Member, Workspace
from vcsm.governance.autonomy import LADDER


class Approval(models.Model):
    """A use case came to a level; the latest row counts.

    `by` is empty if it was lowered automatically, or set when the workspace was made.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    use_case = models.CharField(max_length=60)
    level = models.CharField(max_length=10, choices=[(level, level) for level in LADDER])
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["workspace", "use_case", "-id"])]


class Stop(models.Model):
    """A kill switch that was pulled; in force until it is lifted."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    what = models.CharField(max_length=80)
    """`workspace`, `use_case:<key>` or `agent:<key>`."""
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=500)
    lifted_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "what"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_stop_at_a_time",
            )
        ]


class GuardrailList(models.Model):
    """A can/can't list that somebody wanted to put in force; one with an `error` never was."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-id"])]


class Agent(models.Model):
    """An agent other than the assistant, and the use cases under which it may act."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    use_cases = models.JSONField(default=list)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="agent_once")]


class Act(models.Model):
    """Something done under a use case, or held back that would have been done."""

    class Outcome(models.TextChoices):
        DONE = "done"
        PROPOSED = "proposed"
        WATCHED = "watched"

    class Judgement(models.TextChoices):
        AS_WRITTEN = "as_written"
        CHANGED = "changed"
        REJECTED = "rejected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="+")
    use_case = models.CharField(max_length=60)
    agent = models.CharField(max_length=60)
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+")
    browser = models.ForeignKey(Browser, models.SET_NULL, null=True, related_name="+")
    session = models.UUIDField(null=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    level = models.CharField(max_length=10)
    rule = models.CharField(max_length=60)
    interrupts = models.BooleanField(default=False)
    """It was put before the contact unasked, and counts against their budget."""
    subject = models.CharField(max_length=200)
    """What it made or is about, such as `nudge:<id>`."""
    body = models.JSONField(default=dict)
    """What it takes to do the act, where it waits for a member."""
    drawn = models.BooleanField(default=False)
    """Drawn at random for judging: only such judgements are evidence."""
    judgement = models.CharField(max_length=10, choices=Judgement, blank=True)
    judged_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_why = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["contact", "at"],
                condition=models.Q(interrupts=True),
                name="act_interrupts_contact",
            ),
            models.Index(fields=["workspace", "use_case", "-at"]),
            models.Index(fields=["workspace", "subject"]),
        ]
