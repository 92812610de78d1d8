"""Stores decisions: one row each, "continue" included, in the transaction of its effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import connection

from vcsm.audit.append import New, append_entries
from vcsm.conversations.models import Nudge
from vcsm.escalation import decide
from vcsm.escalation.models import Decision, Escalation
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent


def lock_contact(contact_id: int) -> None:
    """Keeps everybody else from deciding about this contact until the transaction ends.

    The lock is advisory: ingest writes the contact's own row and must never wait for us.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('decide'), %s)", [contact_id])


@dataclass(frozen=True, slots=True)
class Made:
    """A decision with its facts, what it was about and what it led to."""

    facts: decide.Facts
    decision: decide.Decision
    signal: FrictionSignal | None = None
    intent: CapturedIntent | None = None
    nudge: Nudge | None = None
    escalation: Escalation | None = None


def record_decision(
    *,
    session: Session,
    facts: decide.Facts,
    decision: decide.Decision,
    now: datetime,
    intent: CapturedIntent | None = None,
    escalation: Escalation | None = None,
) -> Decision:
    """Stores one decision that has no signal and no nudge, such as one about a turn."""
    made = Made(facts, decision, intent=intent, escalation=escalation)
    return record_decisions(session, [made], now=now)[0]


def record_decisions(session: Session, made: Sequence[Made], *, now: datetime) -> list[Decision]:
    """Stores decisions, and their audit entries, in the order they were made: two statements."""
    stored = Decision.objects.bulk_create(_row(session, one, now) for one in made)
    append_entries(map(_entry, stored), workspace_id=session.workspace_id, at=now)
    return stored


def _row(session: Session, made: Made, now: datetime) -> Decision:
    decision = made.decision
    return Decision(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        session=session,
        at=now,
        action=decision.action,
        reason=decision.reason,
        rule=decision.rule,
        score=decision.score,
        facts=decide.facts_to_json(made.facts),
        numbers=decision.numbers,
        unseen=list(decision.unseen),
        answer=decide.decision_bytes(decision).decode(),
        signal=made.signal,
        intent=made.intent,
        nudge=made.nudge,
        escalation=made.escalation,
    )


def _entry(row: Decision) -> New:
    return New(
        kind="decision",
        subject=f"decision:{row.pk}",
        body={
            "action": row.action,
            "answer_sha256": sha256(row.answer.encode()).hexdigest(),
            "contact": row.contact_id,
            "escalation": str(row.escalation_id) if row.escalation_id else None,
            "rule": row.rule,
        },
    )
