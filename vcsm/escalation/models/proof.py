"""Tables of what verdicts and audits prove: rows with who and when."""

from django.db import models

from vcsm.accounts.models import Member, Workspace
from vcsm.escalation.models.case import Decision
from vcsm.events.models import Session


class Threshold(models.Model):
    """A share of false alarms that a member picked, and the threshold that verdicts proved for it.

    It is in force while `ended_at` is empty: a struggle that scores below it calls nobody.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    max_false_share = models.FloatField()
    confidence = models.FloatField()
    send_from = models.FloatField()
    upper_bound = models.FloatField()
    verdicts = models.IntegerField()
    chosen_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    chosen_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace"],
                condition=models.Q(ended_at__isnull=True),
                name="one_threshold_in_force",
            )
        ]


class SilenceAudit(models.Model):
    """A session in which nobody was called, drawn at random: was a human needed after all?"""

    workspace = models.ForeignKey(Workspace, models.CASCADE)
    session = models.OneToOneField(Session, models.CASCADE, related_name="silence_audit")
    decision = models.ForeignKey(Decision, models.CASCADE)
    """The session's last decision."""
    probability = models.FloatField()
    """The share with which it was drawn."""
    drawn_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    """Empty until there were unspent minutes for the audit."""
    asked_of = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    needed = models.BooleanField(null=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "answered_at"])]
