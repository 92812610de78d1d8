"""Episodes made of clicks: each click counts once and may be taken back later."""

from typing import NamedTuple

from vcsm.events.kinds import Element, Error, Event, Verdict
from vcsm.friction.detectors.episode import Book, Episode, Subject
from vcsm.friction.signal import Ref

SAME_CLICK_MS = 15_000
"""The same number on the same element within this time is the same click. A new tab counts from the
start again, so further apart they are two."""

MAX_NUMBERED = 64
MAX_CLICKS = 24


class Mark(NamedTuple):
    """How one click ended."""

    how: str
    at: int
    ref: Ref


class ClickEpisode(Episode):
    """Clicks on one element that ended in the same bad way. `forgotten` counts those beyond
    MAX_CLICKS, which can no longer be taken back."""

    __slots__ = ("clicks", "forgotten", "subject", "told")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.clicks: dict[int, Mark] = {}
        self.forgotten = 0
        self.subject: Subject = ""
        self.told = False

    @property
    def count(self) -> int:
        return len(self.clicks) + self.forgotten

    def ended(self, how: str) -> int:
        """Returns how many of the clicks still remembered ended as `how`."""
        return sum(mark.how == how for mark in self.clicks.values())

    def mark(self, serial: int, mark: Mark) -> None:
        self.clicks[serial] = mark
        if len(self.clicks) > MAX_CLICKS:
            del self.clicks[next(iter(self.clicks))]
            self.forgotten += 1
        self._recount()

    def unmark(self, serial: int) -> bool:
        """Takes a click back with its evidence; returns False if it is not, or no longer, here."""
        if self.clicks.pop(serial, None) is None:
            return False
        self._recount()
        return True

    def _recount(self) -> None:
        marks = self.clicks.values()
        if marks:
            self.evidence = [mark.ref for mark in marks]
            self.last_at = max(mark.at for mark in marks)
            if not self.forgotten:
                self.started_at = min(mark.at for mark in marks)


class ClickBook:
    """Finds the episode and the click to which a verdict or error refers."""

    __slots__ = ("_book", "_numbered", "_serial")

    def __init__(self, *, kind: str, join_ms: float) -> None:
        self._book = Book(ClickEpisode, kind=kind, join_ms=join_ms)
        self._numbered: dict[tuple[int, str], tuple[ClickEpisode, int, int]] = {}
        self._serial = 0

    def add(
        self, event: Verdict | Error, element: Element, how: str, *, now: int, ref: Ref
    ) -> ClickEpisode | None:
        """Notes that the click of `event` ended as `how`; returns None if that is known already."""
        number = (event.click or 0, element.id)
        known = self._numbered.get(number)
        if known and now - known[2] <= SAME_CLICK_MS:
            episode, serial, _ = known
            before = episode.clicks.get(serial)
            if before is None or before.how == how:
                return None
        else:
            subject = (element.id, event.page)
            episode = self._book.join(subject, event, element, now)
            episode.subject = subject
            self._serial = serial = self._serial + 1
            self._remember(number, (episode, serial, now))
        episode.mark(serial, Mark(how, event.at, ref))
        episode.seen = now
        return episode

    def take_back(self, event: Verdict) -> ClickEpisode | None:
        """Takes the click of `event` out of its episode; returns None if it was in none."""
        known = self._numbered.pop((event.click, event.element.id), None)
        if known is None or not known[0].unmark(known[1]):
            return None
        episode = known[0]
        if not episode.count:
            # A later click starts afresh: it must not inherit time or evidence from these.
            self._book.pop(episode.subject, None)
        return episode

    def _remember(self, number: tuple[int, str], known: tuple[ClickEpisode, int, int]) -> None:
        self._numbered.pop(number, None)
        self._numbered[number] = known
        if len(self._numbered) > MAX_NUMBERED:
            del self._numbered[next(iter(self._numbered))]
