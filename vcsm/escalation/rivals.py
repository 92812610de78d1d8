"""The day's other cases under the same budget: those that got the minutes, and those that wait."""

from datetime import datetime

from vcsm.escalation.case import Rival
from vcsm.escalation.models import Decision, Escalation

MOST = 5
"""The most rivals of each kind: enough to say what was displaced."""


def read_rivals(workspace_id: int, *, now: datetime) -> tuple[Rival, ...]:
    """Returns those sent before those displaced, each dearest first."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Escalation.objects.filter(
        workspace_id=workspace_id, opened_at__gte=midnight, worth__has_key="value"
    ).order_by("-worth__value", "pk")
    waiting = Decision.objects.filter(
        workspace_id=workspace_id, at__gte=midnight, rule="worth_more_elsewhere"
    ).order_by("-numbers__value", "pk")
    return (
        *(
            Rival(id=f"escalation:{one.pk}", value=float(one.worth["value"]), sent=True)
            for one in sent.only("pk", "worth")[:MOST]
        ),
        *(
            Rival(id=f"decision:{one.pk}", value=float(one.numbers["value"]), sent=False)
            for one in waiting.only("pk", "numbers")[:MOST]
        ),
    )
