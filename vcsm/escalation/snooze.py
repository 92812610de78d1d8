"""Puts an escalation out of sight for a while, for a stated reason."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.escalation import broadcast
from vcsm.escalation.assign import URGENT
from vcsm.escalation.models import Escalation, Snooze

LONGEST = timedelta(days=14)


class SnoozeRefused(Exception):
    """The escalation cannot be snoozed; the message is one sentence."""


@transaction.atomic
def snooze(
    *, escalation_id: UUID, member_id: int, until: datetime, reason: str, now: datetime
) -> Snooze:
    """Hides it until then, and moves an earlier deadline to `until`; replaces a running snooze.

    Raises `SnoozeRefused`, `Escalation.DoesNotExist`.
    """
    member = Member.objects.get(pk=member_id)
    escalation = Escalation.objects.select_for_update(of=("self",)).get(
        pk=escalation_id, workspace_id=member.workspace_id
    )
    reason = " ".join(reason.split())
    _check(escalation, member, until, reason, now)
    wake(escalation, by="member", now=now)
    made = Snooze.objects.create(
        escalation=escalation, member=member, reason=reason[:300], at=now, until=until
    )
    escalation.due_at = max(escalation.due_at, until)
    escalation.snoozed_until = until
    escalation.updated_at = now
    escalation.save(update_fields=["due_at", "snoozed_until", "updated_at"])
    append_entry(
        workspace_id=escalation.workspace_id,
        kind="snooze",
        actor=member,
        subject=f"escalation:{escalation.pk}",
        body={"reason": made.reason, "until": until.isoformat()},
        at=now,
    )
    broadcast.escalation_changed(escalation)
    return made


@transaction.atomic
def snooze_for(
    *, escalation_id: UUID, member_id: int, hours: float, reason: str, now: datetime
) -> None:
    """Calls `snooze` for so many hours from now; 0 hours ends the one that is running."""
    if hours > 0:
        until = now + timedelta(hours=hours)
        snooze(
            escalation_id=escalation_id, member_id=member_id, until=until, reason=reason, now=now
        )
        return
    workspace_id = Member.objects.get(pk=member_id).workspace_id
    escalation = Escalation.objects.get(pk=escalation_id, workspace_id=workspace_id)
    if wake(escalation, by="member", now=now):
        escalation.save(update_fields=["snoozed_until"])
        broadcast.escalation_changed(escalation)


def wake(escalation: Escalation, *, by: str, now: datetime) -> bool:
    """Ends a running snooze; returns whether there was one. The caller saves and broadcasts."""
    escalation.snoozed_until = None
    return bool(escalation.snoozes.filter(ended_at=None).update(ended_at=now, ended_by=by))


@transaction.atomic
def wake_due(*, now: datetime) -> int:
    """Shows escalations again whose snooze has run out; returns how many."""
    due = Snooze.objects.filter(ended_at=None, until__lte=now).select_related("escalation")
    woken = list(due.select_for_update(of=("self",), skip_locked=True))
    Snooze.objects.filter(pk__in=[one.pk for one in woken]).update(ended_at=now, ended_by="time")
    for one in woken:
        Escalation.objects.filter(pk=one.escalation_id).update(snoozed_until=None, updated_at=now)
        broadcast.escalation_changed(one.escalation)
    return len(woken)


def _check(
    escalation: Escalation, member: Member, until: datetime, reason: str, now: datetime
) -> None:
    if escalation.state == Escalation.State.RESOLVED:
        raise SnoozeRefused("This has been resolved already.")
    if escalation.state == Escalation.State.TAKEN and escalation.owner_id != member.pk:
        raise SnoozeRefused(f"{escalation.owner} has taken this over.")
    if escalation.reason in URGENT and escalation.state == Escalation.State.OPEN:
        raise SnoozeRefused("Somebody is waiting for a person here: take it over first.")
    if not reason:
        raise SnoozeRefused("Say why, so that the next person who looks understands.")
    if not now < until <= now + LONGEST:
        raise SnoozeRefused("A snooze ends within the next 14 days.")
