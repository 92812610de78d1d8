"""Tables of duty hours, snoozes, reroutes and notices: rows with who and when, never a flag."""

from django.db import models

from vcsm.accounts.models import Member, Workspace
from vcsm.escalation.models.case import Escalation


class Duty(models.Model):
    """When a member is on duty, for how many minutes a day, and what they know well."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="duty")
    minutes_a_day = models.FloatField(default=120)
    """Minutes for escalations that nobody asked for; requests for a person come on top."""
    days = models.JSONField(default=list)
    """Weekdays, 0 (Monday) to 6; empty means every day."""
    starts = models.TimeField()
    ends = models.TimeField()
    """Local time; at or before `starts` it is on the next day."""
    zone = models.CharField(max_length=64, default="UTC")
    skills = models.JSONField(default=list)
    """Matters (`legal`, `outage`, ...), reasons or signal kinds they are asked about first."""
    away_until = models.DateTimeField(null=True)
    set_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()


class Snooze(models.Model):
    """An escalation hidden for a while, for a stated reason; more evidence ends it."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="snoozes")
    member = models.ForeignKey(Member, models.CASCADE)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=30, blank=True)
    """What ended it: `time`, `evidence` or `member`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["escalation"],
                condition=models.Q(ended_at__isnull=True),
                name="one_snooze_at_a_time",
            )
        ]


class Reroute(models.Model):
    """A deadline that passed without anybody coming, so that somebody else was asked."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="reroutes")
    at = models.DateTimeField()
    was = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    now = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=30)
    """`overdue`, or `nobody_else` once everybody has been asked: then a new round begins."""


class Notice(models.Model):
    """Something that members should know: drift, or nobody on duty. Open until it ends."""

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
