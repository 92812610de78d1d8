"""What a member does with an escalation: take over, hand back, resolve."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.conversations.post import conversation_of
from vcsm.conversations.takeover import AlreadyTaken, end_takeover, start_takeover
from vcsm.escalation import broadcast
from vcsm.escalation.enforce import note_drift
from vcsm.escalation.learn import learn_again
from vcsm.escalation.models import Escalation, Verdict
from vcsm.escalation.snooze import wake

__all__ = ["AlreadyResolved", "AlreadyTaken", "hand_back", "resolve", "take_over"]


class AlreadyResolved(Exception):
    """The escalation has been resolved."""


@transaction.atomic
def take_over(*, escalation_id: UUID, member_id: int, now: datetime) -> Escalation:
    """Makes the member its owner, who speaks from now on instead of the assistant.

    Raises `AlreadyTaken`, `AlreadyResolved`, `Escalation.DoesNotExist`.
    """
    escalation, member = _locked(escalation_id, member_id)
    if escalation.state == Escalation.State.RESOLVED:
        raise AlreadyResolved
    if escalation.state == Escalation.State.TAKEN and escalation.owner_id != member.pk:
        raise AlreadyTaken(escalation.owner.name if escalation.owner else "Somebody")
    conversation = escalation.conversation or conversation_of(escalation.session)
    start_takeover(conversation=conversation, member=member, now=now)
    if escalation.state == Escalation.State.OPEN:
        escalation.state, escalation.taken_at = Escalation.State.TAKEN, now
        wake(escalation, by="member", now=now)
        _audit("take_over", escalation, member, {}, now)
    escalation.owner, escalation.conversation = member, conversation
    return _changed(escalation, now)


@transaction.atomic
def hand_back(*, escalation_id: UUID, member_id: int, now: datetime) -> Escalation:
    """Lets the assistant speak again and opens the escalation to whoever takes it.

    The state stays as it is unless this member has taken it. Raises `Escalation.DoesNotExist`.
    """
    escalation, member = _locked(escalation_id, member_id)
    if escalation.state == Escalation.State.TAKEN and escalation.owner_id == member.pk:
        if escalation.conversation is not None:
            end_takeover(conversation=escalation.conversation, member=member, now=now)
        escalation.state, escalation.taken_at = Escalation.State.OPEN, None
        _audit("hand_back", escalation, member, {}, now)
    return _changed(escalation, now)


@transaction.atomic
def resolve(
    *,
    escalation_id: UUID,
    member_id: int,
    done: bool,
    worked: bool | None,
    false_alarm: bool,
    note: str,
    now: datetime,
    reason: str = "",
) -> Verdict:
    """Stores the member's verdict and closes the escalation.

    `reason` is one of `Verdict.Reason`, kept only for a false alarm. Raises `AlreadyResolved`,
    `AlreadyTaken` (by another member), `Escalation.DoesNotExist`.
    """
    escalation, member = _locked(escalation_id, member_id)
    if escalation.state == Escalation.State.RESOLVED:
        raise AlreadyResolved
    if escalation.state == Escalation.State.TAKEN and escalation.owner_id != member.pk:
        raise AlreadyTaken(escalation.owner.name if escalation.owner else "Somebody")
    if escalation.conversation is not None:
        end_takeover(conversation=escalation.conversation, member=member, now=now)
    verdict = Verdict.objects.create(
        escalation=escalation,
        member=member,
        done=done,
        worked=worked,
        false_alarm=false_alarm,
        reason=reason if false_alarm else "",
        note=note,
        at=now,
    )
    answers = {
        "done": done,
        "worked": worked,
        "false_alarm": false_alarm,
        "reason": verdict.reason,
        "note": note,
    }
    _audit("verdict", escalation, member, answers, now)
    learn_again(workspace_id=escalation.workspace_id, now=now)
    escalation.state, escalation.resolved_at = Escalation.State.RESOLVED, now
    wake(escalation, by="member", now=now)
    _changed(escalation, now)
    if escalation.verdict_asked:
        note_drift(escalation.workspace_id, now=now)
    return verdict


def _audit(
    kind: str, escalation: Escalation, member: Member, body: Mapping[str, object], now: datetime
) -> None:
    append_entry(
        workspace_id=escalation.workspace_id,
        kind=kind,
        actor=member,
        subject=f"escalation:{escalation.pk}",
        body=body,
        at=now,
    )


def _locked(escalation_id: UUID, member_id: int) -> tuple[Escalation, Member]:
    """Returns both, the escalation locked. Raises `Escalation.DoesNotExist` across workspaces."""
    member = Member.objects.get(pk=member_id)
    escalation = Escalation.objects.select_for_update(of=("self",)).get(
        pk=escalation_id, workspace_id=member.workspace_id
    )
    return escalation, member


def _changed(escalation: Escalation, now: datetime) -> Escalation:
    escalation.updated_at = now
    escalation.save()
    broadcast.escalation_changed(escalation)
    return escalation
