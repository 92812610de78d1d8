"""What the contact did, noted once for all detectors: where they clicked and what they achieved."""

from typing import ClassVar

from vcsm.events.kinds import Click, Element, Input, Track
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref

MAX_CLICKS = 64
MAX_KNOWN = 4_096

_KNOWN: dict[str, Element] = {}
"""One object for all equal elements that were clicked. Each click brings its own copy; with 64 kept
by every session, the copies would be cold in the processor's cache when freed."""


class Deeds:
    """Knows the latest clicks, for events that only name a click's number, and counts all clicks
    and achievements: a field changed, a form submitted, something tracked."""

    __slots__ = ("_elements", "_numbers", "achieved", "clicks")

    handlers: ClassVar[dict[Heard, str]] = {
        Click: "on_click",
        Input: "on_input",
        Track: "on_track",
    }

    def __init__(self) -> None:
        # Rings: a click's number gives its place, so old clicks are simply overwritten. There are
        # two, since a ring of pairs would need a new pair for each click.
        self._numbers = [-1] * MAX_CLICKS
        self._elements: list[Element | None] = [None] * MAX_CLICKS
        self.clicks = 0
        self.achieved = 0

    def on_click(self, event: Click, now: int, ref: Ref) -> Found:
        self.clicks += 1
        number = event.click
        place = number % MAX_CLICKS
        self._numbers[place] = number
        element = event.element
        known = _KNOWN.get(element.id)
        self._elements[place] = known if known == element else _learn(element)
        return None

    def on_input(self, event: Input, now: int, ref: Ref) -> Found:
        if event.edits or event.how == "submit":
            self.achieved += 1
        return None

    def on_track(self, event: Track, now: int, ref: Ref) -> Found:
        self.achieved += 1
        return None

    def element(self, click: int | None) -> Element | None:
        """Returns the element clicked; None if the click is unknown or too long ago."""
        if click is None:
            return None
        place = click % MAX_CLICKS
        return self._elements[place] if self._numbers[place] == click else None


def _learn(element: Element) -> Element:
    if len(_KNOWN) >= MAX_KNOWN:
        _KNOWN.clear()
    _KNOWN[element.id] = element
    return element
