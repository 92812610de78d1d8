"""Chooses who is asked to take an escalation, and sets the deadline for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from vcsm.escalation.hours import ends_after, within
from vcsm.escalation.models import Duty, Escalation, Notice
from vcsm.escalation.notices import end_notice, open_notice
from vcsm.escalation.policy import quiet_hours, read_policy
from vcsm.escalation.route import choose
from vcsm.escalation.team import back_at, is_there, read_candidates, read_duties

URGENT = ("asked", "matter")
"""Reasons where a contact is waiting for a person: due within minutes, outside the budget."""
ALLOWED = {"asked": timedelta(minutes=15), "matter": timedelta(minutes=15)}
ALLOWED_OTHERWISE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whom to ask (a member's id; None: nobody in particular), and the deadline."""

    owner: int | None
    due_at: datetime


def allowed(reason: str) -> timedelta:
    """Returns how long a member may take to come, counted from when somebody is on duty."""
    return ALLOWED.get(reason, ALLOWED_OTHERWISE)


def assign(
    escalation: Escalation, *, needs: frozenset[str], now: datetime, not_again: frozenset[int]
) -> Assignment:
    """Chooses a member and a deadline. Writes nothing but the notice that nobody is on duty.

    While no member has set hours, everybody counts as on duty: the account's owner is asked, or
    whoever looks first. In quiet hours, and while nobody is on duty, the time starts to run when
    that ends.
    """
    policy = read_policy(escalation.workspace_id)
    duties = read_duties(escalation.workspace_id)
    urgent = escalation.reason in URGENT
    from_when = now
    quiet = quiet_hours(policy)
    if quiet and not urgent and within(quiet, now):
        from_when = ends_after(quiet, now)
    account = escalation.account
    owner = account.owner_id if account else None
    if not duties and not not_again:
        return Assignment(owner, from_when + allowed(escalation.reason))
    if duties:
        note_presence(escalation.workspace_id, duties, now)
    asked = choose(
        read_candidates(
            duties,
            workspace_id=escalation.workspace_id,
            minutes=policy.stakes.minutes,
            now=now,
        ),
        owner=owner,
        needs=needs,
        minutes=policy.stakes.minutes,
        urgent=urgent,
        not_again=not_again,
    )
    there = (back_at(duties, from_when) or from_when) if duties else from_when
    return Assignment(asked, there + allowed(escalation.reason))


def note_presence(workspace_id: int, duties: Sequence[Duty], now: datetime) -> None:
    """Opens the notice that nobody is on duty, or ends it when somebody is."""
    if any(is_there(duty, now) for duty in duties):
        end_notice(workspace_id, "nobody_on_duty", now=now)
    else:
        open_notice(workspace_id, "nobody_on_duty", now=now)


def refresh_presence(*, now: datetime) -> None:
    """Ends notices once somebody is on duty again, also where no new escalation comes in."""
    for notice in Notice.objects.filter(kind="nobody_on_duty", ended_at=None):
        note_presence(notice.workspace_id, read_duties(notice.workspace_id), now)
