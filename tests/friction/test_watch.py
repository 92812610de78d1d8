"""What a process remembers of live sessions is a cache: bounded, and read again when it is gone."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tests.cast import NOON
from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Burst, Element
from vcsm.friction.watch import REMEMBERED, FrictionWatch, Seen

MOMENT = timedelta(seconds=1)
BUTTON = Element(id="export", name="Export", role="button")


def batch(session: UUID, sequence: int, at: datetime) -> Incoming:
    context = SessionContext(1, session, uuid4(), 1, 0.0)
    return Incoming(context, sequence, [burst(sequence)], at)


def burst(sequence: int) -> AnyEvent:
    """One burst, which grows with every batch."""
    at = int(NOON.timestamp() * 1000) + sequence * 500
    return Burst(at=at, page="/", burst=1, element=BUTTON, verdict="rage", clicks=3 + sequence)


def test_it_works() -> None:
    """Whoever goes on within the time is known; who comes later is read again, as if never away."""
    watch, vera, wim, late = FrictionWatch(), uuid4(), uuid4(), NOON + REMEMBERED
    for session in (vera, wim):
        watch.look(batch(session, 1, NOON))
    assert watch.look(batch(vera, 2, late - MOMENT)) is not None
    watch.look(batch(uuid4(), 1, late))  # whoever begins makes those forgotten who are gone
    assert watch.look(batch(vera, 3, late)) is not None
    assert watch.look(batch(wim, 2, late)) is None
    again = watch.catch_up(batch(wim, 2, late), [(1, 0, burst(1))])
    never_away = FrictionWatch()
    never_away.look(batch(wim, 1, NOON))
    assert isinstance(again, Seen)
    assert signals(again) == signals(never_away.look(batch(wim, 2, NOON)))


def signals(found: object) -> object:
    return isinstance(found, Seen) and found.signals
