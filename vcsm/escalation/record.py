"""Storing a decision: one row for each, also for "continue", in the transaction of its effect."""

from datetime import datetime
from hashlib import sha256

from django.db import connection

from vcsm.audit.append import append_entry
from vcsm.conversations.models import Nudge
from vcsm.escalation import decide
from vcsm.escalation.models import Decision, Escalation
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent


def lock_contact(contact_id: int) -> None:
    """Until the transaction ends, nobody else decides about this contact.

    An advisory lock: the contact's own row is written by ingest, which must never wait for us.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('decide'), %s)", [contact_id])


def record_decision(
    *,
    session: Session,
    facts: decide.Facts,
    decision: decide.Decision,
    now: datetime,
    signal: FrictionSignal | None = None,
    intent: CapturedIntent | None = None,
    nudge: Nudge | None = None,
    escalation: Escalation | None = None,
) -> Decision:
    answer = decide.decision_bytes(decision)
    stored = Decision.objects.create(
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        session=session,
        at=now,
        action=decision.action,
        reason=decision.reason,
        rule=decision.rule,
        score=decision.score,
        facts=decide.facts_to_json(facts),
        numbers=decision.numbers,
        unseen=list(decision.unseen),
        answer=answer.decode(),
        signal=signal,
        intent=intent,
        nudge=nudge,
        escalation=escalation,
    )
    append_entry(
        workspace_id=session.workspace_id,
        kind="decision",
        actor=None,
        subject=f"decision:{stored.pk}",
        body={
            "action": decision.action,
            "answer_sha256": sha256(answer).hexdigest(),
            "contact": session.contact_id,
            "escalation": str(escalation.pk) if escalation else None,
            "rule": decision.rule,
        },
        at=now,
    )
    return stored
