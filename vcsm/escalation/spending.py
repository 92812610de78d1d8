"""The minutes of a workspace's day: how many there are, are spent, and are kept for the urgent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vcsm.escalation.budget import reserve
from vcsm.escalation.hours import within
from vcsm.escalation.models import Duty, Escalation, SilenceAudit
from vcsm.escalation.team import AUDIT_MINUTES, hours_of

HISTORY = timedelta(days=14)
URGENT = ("asked", "matter")


@dataclass(frozen=True, slots=True)
class Spending:
    """Minutes of one day in UTC."""

    a_day: float
    spent: float
    kept: float
    """Reserved for contacts who must reach a human before the day is over."""
    day_left: float
    """Share of the day that remains, 0 to 1."""

    @property
    def left(self) -> float:
        return self.a_day - self.spent - self.kept


def read_spending(
    workspace_id: int, *, minutes_a_day: float | None, minutes: float, now: datetime
) -> Spending | None:
    """Reads today's minutes; None if neither the policy nor anybody's hours set a budget.

    `minutes_a_day` comes from the policy; `minutes` is what one escalation takes, charged from the
    moment it is opened.
    """
    a_day = _minutes_a_day(workspace_id, minutes_a_day, now)
    if a_day is None:
        return None
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day_left = 1 - (now - midnight) / timedelta(days=1)
    opened = Escalation.objects.filter(workspace_id=workspace_id)
    sent = opened.filter(opened_at__gte=midnight, opened_at__lte=now).count()
    audited = SilenceAudit.objects.filter(
        workspace_id=workspace_id, asked_at__gte=midnight, asked_at__lte=now
    ).count()
    urgent = opened.filter(
        opened_at__gte=midnight - HISTORY, opened_at__lt=midnight, reason__in=URGENT
    ).count()
    return Spending(
        a_day=a_day,
        spent=sent * minutes + audited * AUDIT_MINUTES,
        kept=reserve(cases_a_day=urgent / HISTORY.days, minutes=minutes, day_left=day_left),
        day_left=day_left,
    )


def _minutes_a_day(workspace_id: int, of_policy: float | None, now: datetime) -> float | None:
    """Returns the policy's minutes, capped by those of members who are on duty sometime today."""
    duties = list(Duty.objects.filter(member__workspace_id=workspace_id))
    if not duties:
        return of_policy
    there = sum(duty.minutes_a_day for duty in duties if _there_today(duty, now))
    return there if of_policy is None else min(there, of_policy)


def _there_today(duty: Duty, now: datetime) -> bool:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if duty.away_until is not None and duty.away_until >= midnight + timedelta(days=1):
        return False
    return any(
        within(hours_of(duty), midnight + timedelta(minutes=30 * half)) for half in range(48)
    )
