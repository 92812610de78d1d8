"""Puts in force the share of false alarms that a member picks, lifts it, and watches for drift."""

from datetime import datetime

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.escalation.broadcast import deciding_changed
from vcsm.escalation.models import Policy, Threshold
from vcsm.escalation.notices import end_notice, open_notice
from vcsm.escalation.proven import has_drifted, read_proven, threshold_in_force
from vcsm.escalation.team import LEADS


class NotProven(Exception):
    """Verdicts do not prove it, or this member may not pick it; the message is one sentence."""


@transaction.atomic
def put_in_force(*, member_id: int, max_false_share: float, now: datetime) -> Threshold:
    """Puts in force one of the shares that the slider offers; ends the one before.

    Whichever is picked is valid, even after looking at all of them. From now on, struggles that
    score below its threshold call nobody. Raises `NotProven`.
    """
    member = _lead(member_id)
    proven = read_proven(member.workspace_id)
    if proven.standing.drift:
        raise NotProven("Verdicts show that things have changed: only new ones prove anything.")
    choice = next((one for one in proven.choices if one.max_false_share == max_false_share), None)
    if choice is None:
        raise NotProven("This share is not one of those offered.")
    if choice.threshold is None or choice.upper_bound is None:
        raise NotProven(f"{choice.missing} more verdicts until this can be certified.")
    _end(member, now)
    threshold = Threshold.objects.create(
        workspace_id=member.workspace_id,
        max_false_share=max_false_share,
        confidence=proven.confidence,
        send_from=choice.threshold,
        upper_bound=choice.upper_bound,
        verdicts=proven.standing.verdicts,
        chosen_by=member,
        chosen_at=now,
    )
    _audit(member, {"send_from": choice.threshold, "max_false_share": max_false_share}, now)
    deciding_changed(member.workspace_id)
    return threshold


@transaction.atomic
def lift(*, member_id: int, now: datetime) -> bool:
    """Ends the threshold, so that all the rules call for is sent; returns whether there was one."""
    member = _lead(member_id)
    ended = _end(member, now)
    if ended:
        _audit(member, {"send_from": None}, now)
        deciding_changed(member.workspace_id)
    return ended


def note_drift(workspace_id: int, *, now: datetime) -> None:
    """Opens the notice of drift if the verdicts show one, and ends it otherwise."""
    if has_drifted(workspace_id):
        open_notice(workspace_id, "drift", now=now)
    else:
        end_notice(workspace_id, "drift", now=now)


def _lead(member_id: int) -> Member:
    """Returns the member; raises `NotProven` unless they may pick.

    Locks the workspace's policy row: if two pick at once, the second replaces the first.
    """
    member = Member.objects.get(pk=member_id)
    if member.role not in LEADS:
        raise NotProven("Only a lead or an admin may put a certificate in force.")
    Policy.objects.get_or_create(workspace_id=member.workspace_id)
    Policy.objects.select_for_update().get(workspace_id=member.workspace_id)
    return member


def _end(member: Member, now: datetime) -> bool:
    running = threshold_in_force(member.workspace_id)
    if running is None:
        return False
    running.ended_by, running.ended_at = member, now
    running.save(update_fields=["ended_by", "ended_at"])
    return True


def _audit(member: Member, body: dict[str, object], now: datetime) -> None:
    append_entry(
        workspace_id=member.workspace_id,
        kind="threshold",
        actor=member,
        subject=f"workspace:{member.workspace_id}",
        body=body,
        at=now,
    )
