"""Tables of what members do with escalations among themselves: merges and notes."""

from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from vcsm.accounts.models import Member
from vcsm.escalation.models.case import Escalation


class Merge(models.Model):
    """An escalation worked on under another: hidden until that one is resolved."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="merges")
    into = models.ForeignKey(Escalation, models.CASCADE, related_name="merged")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=30, blank=True)
    """`member`, `evidence` (the contact asked for a person, or must reach one) or `resolved`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["escalation"],
                condition=models.Q(ended_at__isnull=True),
                name="one_merge_at_a_time",
            )
        ]


class Note(models.Model):
    """A note among members about an escalation; no contact ever sees it."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="notes")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["escalation", "at"])]


def merged_now() -> "QuerySet[Merge, UUID]":
    """Returns ids of escalations that are hidden because another one stands for them."""
    standing = Merge.objects.filter(ended_at=None).exclude(into__state=Escalation.State.RESOLVED)
    return standing.values_list("escalation_id", flat=True)
