"""The members of a workspace, as routing and the budget see them, and their duty hours."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.escalation.broadcast import deciding_changed
from vcsm.escalation.hours import Hours, next_start, within
from vcsm.escalation.models import Duty, Escalation, SilenceAudit
from vcsm.escalation.route import Candidate

AUDIT_MINUTES = 1.0
"""Minutes that a member takes to look at one silent session."""
LEADS = (Member.Role.LEAD, Member.Role.ADMIN)


class DutyRefused(Exception):
    """The duty makes no sense, or is not theirs to set; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class DutySet:
    """The duty that a member is to have; fields as in `Duty`."""

    minutes_a_day: float
    days: tuple[int, ...]
    starts: time
    ends: time
    zone: str
    skills: tuple[str, ...] = ()
    away_until: datetime | None = None


def read_duties(workspace_id: int) -> list[Duty]:
    """Returns a workspace's duties. If there are none, everybody counts as always on duty."""
    return list(
        Duty.objects.filter(member__workspace_id=workspace_id)
        .select_related("member")
        .order_by("member_id")
    )


def hours_of(duty: Duty) -> Hours:
    return Hours(duty.starts, duty.ends, duty.zone, tuple(duty.days))


def is_there(duty: Duty, at: datetime) -> bool:
    away = duty.away_until is not None and duty.away_until > at
    return not away and within(hours_of(duty), at)


def back_at(duties: Sequence[Duty], at: datetime) -> datetime | None:
    """Returns when a member is next on duty; `at` if one is now, None if none is within a week."""
    found = [
        start
        for duty in duties
        if (start := next_start([hours_of(duty)], max(at, duty.away_until or at))) is not None
    ]
    return min(found, default=None)


def read_candidates(
    duties: Sequence[Duty], *, workspace_id: int, minutes: float, now: datetime
) -> list[Candidate]:
    """Returns members with a duty, and leads; `minutes` is what one escalation takes.

    While nobody has a duty, all members but those of the product role are included, as on duty.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    owned = Escalation.objects.filter(workspace_id=workspace_id, owner__isnull=False)
    today = Counter(owned.filter(opened_at__gte=midnight).values_list("owner_id", flat=True))
    still_open = Counter(
        owned.exclude(state=Escalation.State.RESOLVED).values_list("owner_id", flat=True)
    )
    audits = Counter(
        SilenceAudit.objects.filter(
            workspace_id=workspace_id, answered_at__gte=midnight
        ).values_list("answered_by_id", flat=True)
    )
    by_member = {duty.member_id: duty for duty in duties}
    members = Member.objects.filter(workspace_id=workspace_id, left_at=None)
    found = []
    for member in members.order_by("pk"):
        duty = by_member.get(member.pk)
        leads = member.role in LEADS
        if duty is None and not leads and duties or member.role == Member.Role.PRODUCT:
            continue
        spent = today[member.pk] * minutes + audits[member.pk] * AUDIT_MINUTES
        found.append(
            Candidate(
                member=member.pk,
                on_duty=is_there(duty, now) if duty else not duties,
                minutes_left=_a_day(duty, duties) - spent,
                open=still_open[member.pk],
                skills=frozenset(duty.skills if duty else ()),
                leads=leads,
            )
        )
    return found


def _a_day(duty: Duty | None, duties: Sequence[Duty]) -> float:
    if duty is not None:
        return duty.minutes_a_day
    return 0.0 if duties else math.inf


@transaction.atomic
def set_duty(*, member: Member, wanted: DutySet, by: Member, now: datetime) -> Duty:
    """Sets a member's duty; only they themselves or a lead may. Raises `DutyRefused`."""
    if by.workspace_id != member.workspace_id or (by.pk != member.pk and by.role not in LEADS):
        raise DutyRefused("Only a lead may set somebody else's hours.")
    _check(wanted)
    fields = {
        "minutes_a_day": wanted.minutes_a_day,
        "days": sorted(set(wanted.days)),
        "starts": wanted.starts,
        "ends": wanted.ends,
        "zone": wanted.zone,
        "skills": sorted(set(wanted.skills)),
        "away_until": wanted.away_until,
    }
    duty, _ = Duty.objects.update_or_create(
        member=member, defaults={**fields, "set_by": by, "set_at": now}
    )
    append_entry(
        workspace_id=member.workspace_id,
        kind="duty",
        actor=by,
        subject=f"member:{member.pk}",
        body={name: str(value) for name, value in fields.items()},
        at=now,
    )
    deciding_changed(member.workspace_id)
    return duty


def _check(wanted: DutySet) -> None:
    if not 0 <= wanted.minutes_a_day <= 1440:
        raise DutyRefused("Minutes a day lie between 0 and 1440.")
    if not all(0 <= day <= 6 for day in wanted.days):
        raise DutyRefused("Days are 0 (Monday) to 6 (Sunday).")
    try:
        ZoneInfo(wanted.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DutyRefused(f"There is no time zone {wanted.zone!r}.") from error
