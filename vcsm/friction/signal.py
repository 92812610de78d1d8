"""What a detector says: one episode of friction, as judged so far."""

from msgspec import Struct

from vcsm.events.kinds import Element

Place = tuple[int, int]
"""Where an event stands in its session: sequence of its batch, position inside it."""
Ref = int
"""A place as detectors hold it: one number, since one is made for every event."""

_POSITION = 32
"""Bits for the position."""


def make_ref(sequence: int, position: int) -> Ref:
    """The place in one number; the event after it in its batch has the next."""
    return (sequence << _POSITION) + position


def place_of(ref: Ref) -> Place:
    return divmod(ref, 1 << _POSITION)


class Signal(Struct, frozen=True, kw_only=True):
    """One episode of struggle. The same `key` comes again as the episode grows or shrinks.

    `severity` runs from 0 to 1 and follows the evidence; `count` is the number of things that
    speak for the episode (clicks, errors, visits …). `started_at` and `last_at` are milliseconds
    on the client's clock, `evidence` names the events that say so (the first and the latest ones
    of a long episode). `retracted` takes the whole episode back.
    """

    kind: str
    key: str
    element: Element | None
    page: str
    severity: float
    count: int
    started_at: int
    last_at: int
    evidence: tuple[Place, ...]
    facts: dict[str, str | int | float]
    retracted: bool = False


Told = tuple[Signal, ...]
Found = Told | None
"""What a detector answers to one event; almost always None."""


def grade(weight: float, *, half: float) -> float:
    """Severity of evidence weighing `weight`: 0 for none, ½ at `half`, towards 1.

    Saturating, so that the tenth dead click adds less than the second, and rounded, so that
    replays on other machines print the same digits.
    """
    if weight <= 0:
        return 0.0
    return round(weight / (weight + half), 4)


def is_ignored(element: Element | None, kind: str) -> bool:
    """Whether the page switched `kind` off on this element (`data-vcsm-ignore`)."""
    if element is None or not element.ignore:
        return False
    names = element.ignore.split()
    return kind in names or "all" in names
