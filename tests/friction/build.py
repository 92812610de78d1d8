"""Short ways to write down a session for the tests of friction."""

from collections.abc import Iterable
from typing import Any as Anything

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Element
from vcsm.friction.session import SessionFriction
from vcsm.friction.signal import Signal
from vcsm.friction.thresholds import FrictionSettings

T = 1_700_000_000_000
SAVE = Element(id="save", name="Save", role="button")
PLUS = Element(id="plus", name="+", role="button")


def feed_all(
    events: Iterable[AnyEvent], settings: dict[str, Anything] | None = None
) -> list[Signal]:
    """Feeds the events to a session's detectors; returns every signal in the order found."""
    friction = SessionFriction(FrictionSettings.from_dict(settings or {}))
    found: list[Signal] = []
    for position, event in enumerate(events):
        found += friction.feed(event, sequence=1, position=position)
    return found


def last_by_key(signals: Iterable[Signal]) -> dict[str, Signal]:
    """Returns the last signal of each episode."""
    return {signal.key: signal for signal in signals}


def standing(signals: Iterable[Signal], kind: str = "") -> list[Signal]:
    """Returns the episodes that were not retracted, of one kind or of all."""
    return [
        signal
        for signal in last_by_key(signals).values()
        if not signal.retracted and kind in ("", signal.kind)
    ]
