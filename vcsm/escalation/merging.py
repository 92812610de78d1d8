"""Merges escalations that are the same matter, so that one is worked on under the other."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.audit.append import append_entry
from vcsm.escalation import broadcast
from vcsm.escalation.assign import URGENT
from vcsm.escalation.models import Escalation, Merge


class Refused(Exception):
    """The move is not possible; the message is one sentence."""


@transaction.atomic
def merge(*, escalation_id: UUID, into_id: UUID, member_id: int, now: datetime) -> Escalation:
    """Puts one escalation under `into`, which takes the earlier deadline and the higher score.

    Escalations merged into the first one before come along; a verdict on `into` counts for all of
    them (`resolve_all`). Returns `into`. Raises `Refused`, `Escalation.DoesNotExist`.
    """
    member = Member.objects.get(pk=member_id)
    if escalation_id == into_id:
        raise Refused("An escalation cannot be merged into itself.")
    found = {one.pk: one for one in lock_escalations(member, [escalation_id, into_id])}
    part, into = found[escalation_id], found[into_id]
    check_free(part, member)
    _check_merge(part, into)
    Merge.objects.filter(escalation=part, ended_at=None).update(ended_at=now, ended_by="member")
    Merge.objects.filter(into=part, ended_at=None).update(into=into)
    Merge.objects.create(escalation=part, into=into, member=member, at=now)
    into.due_at, into.score = min(into.due_at, part.due_at), max(into.score, part.score)
    if part.reason in URGENT and into.reason not in URGENT:
        into.reason, into.summary = part.reason, part.summary
    into.updated_at = part.updated_at = now
    into.save(update_fields=["due_at", "score", "reason", "summary", "updated_at"])
    part.save(update_fields=["updated_at"])
    _audit("merge", part, member, {"into": str(into.pk)}, now)
    for one in (part, into):
        broadcast.escalation_changed(one)
    return into


@transaction.atomic
def split(*, escalation_id: UUID, member_id: int, now: datetime) -> Escalation:
    """Undoes a merge: the escalation stands for itself again. Does nothing if it was not merged.

    Raises `Escalation.DoesNotExist`.
    """
    member = Member.objects.get(pk=member_id)
    (escalation,) = lock_escalations(member, [escalation_id])
    if end_merge(escalation, by="member", now=now):
        _audit("merge", escalation, member, {"into": None}, now)
        broadcast.escalation_changed(escalation)
    return escalation


def end_merge(escalation: Escalation, *, by: str, now: datetime) -> bool:
    """Ends the running merge, without telling anybody; returns whether there was one."""
    running = Merge.objects.filter(escalation=escalation, ended_at=None)
    return bool(running.update(ended_at=now, ended_by=by))


def check_free(escalation: Escalation, member: Member) -> None:
    """Raises `Refused` if it is resolved, or if another member has taken it over."""
    if escalation.state == Escalation.State.RESOLVED:
        raise Refused("This has been resolved already.")
    if escalation.state == Escalation.State.TAKEN and escalation.owner_id != member.pk:
        raise Refused(f"{escalation.owner or 'Somebody'} has taken this over.")


def _check_merge(part: Escalation, into: Escalation) -> None:
    if into.state == Escalation.State.RESOLVED:
        raise Refused("The other one has been resolved already.")
    if part.state == Escalation.State.TAKEN:
        raise Refused("You speak with this contact: hand it back first.")
    waits = part.reason in URGENT and part.contact_id != into.contact_id
    if waits:
        raise Refused(f"{part.contact} waits for a person: that is not another contact's matter.")
    if Merge.objects.filter(escalation=into, ended_at=None).exists():
        raise Refused("The other one is merged into a third.")


def lock_escalations(member: Member, ids: Sequence[UUID]) -> list[Escalation]:
    """Locks rows in one order everywhere, so that two merges at once cannot deadlock.

    Raises `Escalation.DoesNotExist` unless all are of the member's workspace.
    """
    rows = Escalation.objects.select_for_update(of=("self",)).select_related("contact", "owner")
    found = list(rows.filter(pk__in=ids, workspace_id=member.workspace_id).order_by("pk"))
    if len(found) != len(ids):
        raise Escalation.DoesNotExist
    return found


def _audit(
    kind: str, escalation: Escalation, member: Member, body: dict[str, object], now: datetime
) -> None:
    append_entry(
        workspace_id=escalation.workspace_id,
        kind=kind,
        actor=member,
        subject=f"escalation:{escalation.pk}",
        body=body,
        at=now,
    )
