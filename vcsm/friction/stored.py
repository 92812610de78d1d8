"""Reads a session's friction back from the database, and notes what was reacted to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch

from vcsm.events.kinds import Element
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.signal import Signal
from vcsm.friction.struggle import Baseline, Struggle, score

REMEMBERED = 20
"""How many latest sessions make a contact's baseline: not all, since habits change."""

# Written as SQL: they run for every struggle, and having them built would cost more than they do.
_HOLDING = """
SELECT * FROM friction_frictionsignal
WHERE session_id = %s AND retracted_at IS NULL ORDER BY last_at DESC
"""
_EARLIER = """
SELECT * FROM events_session
WHERE contact_id = %s AND started_at < %s AND id <> %s ORDER BY started_at DESC LIMIT %s
"""
_WAITING = """
SELECT * FROM friction_frictionsignal WHERE session_id = %s AND reacted_revision < revision
"""
# Rows are locked in the order in which ingest writes them: with different orders, the two could
# wait for each other.
_REACTED = """
UPDATE friction_frictionsignal AS signal SET reacted_revision = thought.about
FROM (
  SELECT held.id, seen.about FROM unnest(%s::uuid[], %s::int[]) AS seen(id, about)
  JOIN friction_frictionsignal held ON held.id = seen.id
  WHERE held.reacted_revision < seen.about ORDER BY held.key FOR NO KEY UPDATE OF held
) thought
WHERE signal.id = thought.id
"""


class ReactedMeanwhile(Exception):
    """Somebody else has reacted to these signals, so what was decided on them must not stand."""


def signals_of(session_id: UUID) -> list[FrictionSignal]:
    """Returns the session's signals that are not retracted, latest first."""
    return list(FrictionSignal.objects.raw(_HOLDING, [session_id]))


def struggle_of(
    signals: Iterable[FrictionSignal], *, at: datetime, baseline: Baseline | None = None
) -> Struggle:
    """Returns the struggle that a session's signals amount to at a moment, with its parts."""
    moment = int(at.timestamp() * 1000)
    return score([_pure(row) for row in signals], at=moment, baseline=baseline)


def baseline_of(session: Session) -> Baseline:
    """Returns what the contact's earlier sessions weighed, each at the time of its last signal."""
    this = [session.contact_id, session.started_at, session.id, REMEMBERED]
    holding = Prefetch("signals", FrictionSignal.objects.filter(retracted_at=None))
    earlier = Session.objects.raw(_EARLIER, this).prefetch_related(holding)
    baseline = Baseline()
    for visit in earlier:
        signals = list(visit.signals.all())
        last = max((signal.last_at for signal in signals), default=visit.started_at)
        baseline = baseline.include(struggle_of(signals, at=last).load)
    return baseline


def waiting_signals(session_id: UUID) -> Sequence[FrictionSignal]:
    """Returns the session's signals to which nobody has reacted in their latest revision."""
    return list(FrictionSignal.objects.raw(_WAITING, [session_id]))


def note_reacted(signals: Sequence[FrictionSignal]) -> None:
    """Notes a reaction to signals as they were read; one that has grown meanwhile stays waiting.

    Call it last in the transaction: until that ends, ingest cannot write the session's signals, nor
    what it acknowledges together with them. If it raises ReactedMeanwhile, commit nothing.
    """
    ids, revisions = [one.pk for one in signals], [one.revision for one in signals]
    with connection.cursor() as cursor:
        cursor.execute(_REACTED, (ids, revisions))
        if cursor.rowcount != len(signals):
            raise ReactedMeanwhile


def _pure(row: FrictionSignal) -> Signal:
    return Signal(
        kind=row.kind,
        key=row.key,
        element=Element(id=row.element, name=row.element_name) if row.element else None,
        page=row.page,
        severity=row.severity,
        count=row.count,
        started_at=int(row.started_at.timestamp() * 1000),
        last_at=int(row.last_at.timestamp() * 1000),
        evidence=tuple((sequence, position) for sequence, position in row.evidence),
        facts=row.facts,
        retracted=row.retracted_at is not None,
    )
