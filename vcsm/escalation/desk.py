"""What members settle among themselves: owners, notes, and one verdict for all that was merged."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.conversations.takeover import end_takeover
from vcsm.escalation import broadcast
from vcsm.escalation.merging import Refused, check_free, lock_escalations
from vcsm.escalation.models import Escalation, Merge, Note, Verdict
from vcsm.escalation.work import resolve

LONGEST_NOTE = 5_000
SAID_AGAIN = timedelta(minutes=2)
"""Within it the same words of the same member are one note: the answer to the first was lost."""


@transaction.atomic
def assign_to(*, escalation_id: UUID, member_id: int, to: int | None, now: datetime) -> Escalation:
    """Gives the escalation to member `to`, or to nobody (None).

    Raises `Refused`, `Escalation.DoesNotExist`. If the giver has taken it over, the conversation is
    handed back too: the assistant answers until the other member takes over.
    """
    member = Member.objects.get(pk=member_id)
    (escalation,) = lock_escalations(member, [escalation_id])
    check_free(escalation, member)
    owner = _colleague(member, to)
    if escalation.state == Escalation.State.TAKEN:
        if owner == member:
            return escalation
        if escalation.conversation is not None:
            end_takeover(conversation=escalation.conversation, member=member, now=now)
        escalation.state, escalation.taken_at = Escalation.State.OPEN, None
    was, escalation.owner = escalation.owner_id, owner
    escalation.updated_at = now
    escalation.save(update_fields=["owner", "state", "taken_at", "updated_at"])
    append_entry(
        workspace_id=escalation.workspace_id,
        kind="assign",
        actor=member,
        subject=f"escalation:{escalation.pk}",
        body={"was": was, "now": to},
        at=now,
    )
    broadcast.escalation_changed(escalation)
    return escalation


@transaction.atomic
def resolve_all(
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
    """Calls `work.resolve` on it, and with the same answers on all that was merged into it."""
    parts = Merge.objects.filter(into_id=escalation_id, ended_at=None)
    ids = list(
        parts.exclude(escalation__state=Escalation.State.RESOLVED).values_list(
            "escalation_id", flat=True
        )
    )
    verdicts = [
        resolve(
            escalation_id=pk,
            member_id=member_id,
            done=done,
            worked=worked,
            false_alarm=false_alarm,
            note=note,
            reason=reason,
            now=now,
        )
        for pk in (escalation_id, *ids)
    ]
    Merge.objects.filter(escalation_id__in=ids, ended_at=None).update(
        ended_at=now, ended_by="resolved"
    )
    return verdicts[0]


@transaction.atomic
def write_note(*, escalation_id: UUID, member_id: int, text: str, now: datetime) -> Note:
    """Adds a note; the same one sent again after a lost answer is stored once.

    Raises `Refused` if it is empty or too long, or `Escalation.DoesNotExist`.
    """
    member = Member.objects.get(pk=member_id)
    (escalation,) = lock_escalations(member, [escalation_id])
    text = text.strip()
    if not text:
        raise Refused("An empty note cannot be saved.")
    if len(text) > LONGEST_NOTE:
        raise Refused(f"A note has at most {LONGEST_NOTE} characters.")
    same = Note.objects.filter(escalation=escalation, member=member, text=text)
    before = same.filter(at__gt=now - SAID_AGAIN).first()
    if before is not None:
        return before
    made = Note.objects.create(escalation=escalation, member=member, text=text, at=now)
    broadcast.escalation_changed(escalation)
    return made


def _colleague(member: Member, to: int | None) -> Member | None:
    if to is None:
        return None
    found = Member.objects.filter(pk=to, workspace_id=member.workspace_id, left_at=None).first()
    if found is None:
        raise Refused("There is no such member.")
    return found
