"""The signal that a detector gives: one episode of friction, as judged so far."""

from msgspec import Struct

from vcsm.events.kinds import Element

Place = tuple[int, int]
"""An event's place in its session: the sequence of its batch and its position in that."""
Ref = int
"""A place as detectors hold it: a single number, because one is made for every event."""

_POSITION = 32
"""Bits of a `Ref` that hold the position."""


def make_ref(sequence: int, position: int) -> Ref:
    """Returns the place as one number; the next event of the batch has the next number."""
    return (sequence << _POSITION) + position


def place_of(ref: Ref) -> Place:
    return divmod(ref, 1 << _POSITION)


class Signal(Struct, frozen=True, kw_only=True):
    """One episode of struggle. The same `key` comes again as the episode grows or shrinks.

    `severity` runs from 0 to 1 and follows the evidence; `count` is the number of things that make
    up the episode (clicks, errors, visits …). `started_at` and `last_at` are milliseconds on the
    client's clock; `evidence` names the events behind it (of a long episode the first and the
    latest). `retracted` takes the whole episode back.
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
"""A detector's answer to one event; almost always None."""


def grade(weight: float, *, half: float) -> float:
    """Returns the severity of evidence weighing `weight`: 0 for none, ½ at `half`, towards 1.

    It saturates, so that the tenth dead click adds less than the second, and is rounded, so that
    replays on other machines print the same digits.
    """
    if weight <= 0:
        return 0.0
    return round(weight / (weight + half), 4)


def is_ignored(element: Element | None, kind: str) -> bool:
    """Tells whether the page switched `kind` off on this element (`data-vcsm-ignore`)."""
    if element is None or not element.ignore:
        return False
    names = element.ignore.split()
    return kind in names or "all" in names
