"""Who is there, and for how long: rows with who and when, never a flag."""

from django.db import models

from vcsm.accounts.models import Member, Workspace
from vcsm.escalation.models.case import Escalation


class Duty(models.Model):
    """When a member is there, for how many minutes a day, and what they know well."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="duty")
    minutes_a_day = models.FloatField(default=120)
    """Of escalations nobody asked for; who asks for a person gets one beyond them."""
    days = models.JSONField(default=list)
    """0 (Monday) to 6; empty: every day."""
    starts = models.TimeField()
    ends = models.TimeField()
    """Local; at or before `starts` it is on the next day."""
    zone = models.CharField(max_length=64, default="UTC")
    skills = models.JSONField(default=list)
    """Matters (`legal`, `outage`, ...), reasons or signal kinds this member is asked for first."""
    away_until = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()


class Snooze(models.Model):
    """An escalation out of sight for a while, for a reason; more evidence ends it."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="snoozes")
    member = models.ForeignKey(Member, models.CASCADE)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=30, blank=True)
    """`time`, `evidence` or `member`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["escalation"],
                condition=models.Q(ended_at__isnull=True),
                name="one_snooze_at_a_time",
            )
        ]


class Reroute(models.Model):
    """A deadline passed and nobody had come: somebody else was asked."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="reroutes")
    at = models.DateTimeField()
    was = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    now = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=30)
    """`overdue`, or `nobody_else`: then those who lead are told."""


class Notice(models.Model):
    """Something that members should know: drift, nobody on duty. Open until ended."""

    class Kind(models.TextChoices):
        DRIFT = "drift"
        NOBODY_ON_DUTY = "nobody_on_duty"

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "kind"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_notice_of_a_kind",
            )
        ]
