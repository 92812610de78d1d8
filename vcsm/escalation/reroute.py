"""Asks somebody else when a deadline has passed and nobody came. No escalation is ever dropped."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.audit.append import append_entry
from vcsm.escalation import broadcast
from vcsm.escalation.assign import Assignment, allowed, assign
from vcsm.escalation.models import Escalation, Reroute, merged_now

MOST = 200
"""The most escalations in one run."""


def reroute_overdue(*, now: datetime) -> int:
    """Returns how many got another owner. Safe to run twice: each gets a new deadline."""
    overdue = Escalation.objects.filter(
        state=Escalation.State.OPEN, due_at__lt=now, snoozed_until=None
    ).exclude(pk__in=merged_now())
    ids = list(overdue.order_by("due_at").values_list("pk", flat=True)[:MOST])
    return sum(_reroute(pk, now) for pk in ids)


@transaction.atomic
def _reroute(pk: UUID, now: datetime) -> bool:
    # Read again under its lock: a member may have just taken it over.
    escalation = (
        Escalation.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("account")
        .filter(pk=pk, state=Escalation.State.OPEN, due_at__lt=now)
        .first()
    )
    if escalation is None:
        return False
    was = escalation.owner_id
    before = list(escalation.reroutes.values_list("was_id", flat=True))
    to, why = _next(escalation, _known(*before, was), now), "overdue"
    if to.owner is None:
        # Everybody has been asked once: a new round begins.
        to, why = _next(escalation, _known(was), now), "nobody_else"
    escalation.owner_id = to.owner or was
    # Deadlines grow each time, so that an escalation nobody ever looks at does not fill the audit.
    escalation.due_at = to.due_at + allowed(escalation.reason) * (2 ** min(len(before), 5) - 1)
    escalation.updated_at = now
    escalation.save(update_fields=["owner", "due_at", "updated_at"])
    Reroute.objects.create(
        escalation=escalation, at=now, was_id=was, now_id=escalation.owner_id, why=why
    )
    append_entry(
        workspace_id=escalation.workspace_id,
        kind="rerouted",
        actor=None,
        subject=f"escalation:{escalation.pk}",
        body={"was": was, "now": escalation.owner_id, "why": why},
        at=now,
    )
    broadcast.escalation_changed(escalation)
    return escalation.owner_id != was


def _next(escalation: Escalation, not_again: frozenset[int], now: datetime) -> Assignment:
    needs = frozenset({escalation.reason, escalation.kind})
    return assign(escalation, needs=needs, now=now, not_again=not_again)


def _known(*members: int | None) -> frozenset[int]:
    return frozenset(one for one in members if one is not None)
