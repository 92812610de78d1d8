"""Reading a session's friction back from the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from vcsm.events.kinds import Element
from vcsm.friction.models import FrictionSignal
from vcsm.friction.signal import Signal
from vcsm.friction.struggle import Struggle, score


def signals_of(session_id: UUID) -> list[FrictionSignal]:
    """What still holds of the session's friction, latest first."""
    return list(
        FrictionSignal.objects.filter(session_id=session_id, retracted_at=None).order_by("-last_at")
    )


def struggle_of(signals: Iterable[FrictionSignal], *, at: datetime) -> Struggle:
    """The one number of a session at a moment, with its parts."""
    return score([_pure(row) for row in signals], at=int(at.timestamp() * 1000))


def claim_waiting(session_id: UUID) -> Sequence[FrictionSignal]:
    """The session's signals that nobody has reacted to yet; they count as reacted to from now on.

    A signal that grows in the meantime has a higher revision and stays waiting.
    """
    waiting = [
        row
        for row in FrictionSignal.objects.filter(session_id=session_id)
        if row.reacted_revision < row.revision
    ]
    return [
        row
        for row in waiting
        if FrictionSignal.objects.filter(
            pk=row.pk, reacted_revision__lt=row.revision, revision__gte=row.revision
        ).update(reacted_revision=row.revision)
    ]


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
