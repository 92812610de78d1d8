"""What the detectors find in a visit of an imported history. Nobody reacts: it is long past."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from vcsm.events import kinds
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.session import SessionFriction
from vcsm.friction.signal import Place, Signal
from vcsm.friction.thresholds import FrictionSettings

Placed = tuple[Place, kinds.Any]
"""An event and its position in its session."""
_CHANGED = ("severity", "count", "started_at", "last_at", "evidence", "facts", "retracted_at")


def judge(events: Iterable[Placed], settings: FrictionSettings) -> list[Signal]:
    """Returns the signals that stand at the end of the whole visit."""
    friction = SessionFriction(settings)
    found: dict[str, Signal] = {}
    for (sequence, position), event in sorted(events, key=lambda one: one[1].at):
        for signal in friction.feed(event, sequence=sequence, position=position):
            found[signal.key] = signal
    return [signal for signal in found.values() if not signal.retracted]


def take_back_others(session: Session, standing: Sequence[Signal]) -> None:
    """Takes back the session's signals that no longer stand now that more is known."""
    earlier = FrictionSignal.objects.filter(session=session, retracted_at=None)
    gone = earlier.exclude(key__in=[signal.key for signal in standing])
    gone.update(retracted_at=datetime.now(UTC))


def store_signals(found: Iterable[tuple[Session, Signal]]) -> None:
    FrictionSignal.objects.bulk_create(
        (_row(session, signal) for session, signal in found),
        update_conflicts=True,
        unique_fields=["session", "key"],
        update_fields=_CHANGED,
    )


def _row(session: Session, signal: Signal) -> FrictionSignal:
    return FrictionSignal(
        workspace_id=session.workspace_id,
        session=session,
        contact_id=session.contact_id,
        kind=signal.kind,
        key=signal.key,
        element=signal.element.id if signal.element else "",
        element_name=signal.element.name if signal.element else "",
        page=signal.page,
        severity=signal.severity,
        count=signal.count,
        started_at=datetime.fromtimestamp(signal.started_at / 1000, UTC),
        last_at=datetime.fromtimestamp(signal.last_at / 1000, UTC),
        evidence=[list(one) for one in signal.evidence],
        facts=signal.facts,
        reacted_revision=1,
    )
