"""The contact opens a page and turns straight back.

Definition: from page A to B and back to A with at most `u_turn.max_dwell_ms` on B and nothing
done there: no field changed, nothing tracked, no click but the one that left. `u_turn.min_count`
turns from the same B, each less than `u_turn.window_ms` after the one before, make a signal. When
the next turn to A comes from another page, somebody is looking through a list: single turns from
there are taken back.

Severity: ½ at 6 turns; one alone says little.
Source: Clarity (quick back), GoSight (10 s), FullStory; the exemption of lists is our own.
Known false positives: looking something up on the other page at a glance. Pages whose path holds
an `:id` are left out, since every visit may show something else.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Page, Search
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import SHOWN, Heard
from vcsm.friction.signal import Found, Ref, Told, grade
from vcsm.friction.thresholds import FrictionSettings


class Turns(Episode):
    __slots__ = ("back_to", "count", "standing")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.back_to = ""
        self.standing = False


class UTurn:
    kind: ClassVar[str] = "u_turn"
    handlers: ClassVar[dict[Heard, str]] = {
        **dict.fromkeys(SHOWN, "on_page"),
        Search: "on_search",
    }

    def __init__(self, settings: FrictionSettings, deeds: Deeds) -> None:
        self._dwell = settings["u_turn.max_dwell_ms"]
        self._min = settings["u_turn.min_count"]
        self._window = settings["u_turn.window_ms"]
        self._book = Book(Turns, kind=self.kind, join_ms=self._window)
        self._before: str | None = ""
        """The page before the current one; None if the contact has searched on the current one."""
        self._current: tuple[Page, int, Ref] = (Page(at=0), 0, 0)
        self._deeds = deeds
        self._clicks = self._achieved = 0
        """Both counts as of when the current page was opened."""

    def on_search(self, event: Search, now: int, ref: Ref) -> Found:
        self._before = None
        return None

    def on_page(self, event: Page, now: int, ref: Ref) -> Found:
        page, (visited, opened, seen_at) = event.page, self._current
        if visited.page == page:
            return None
        before, clicks, achieved = self._before, self._clicks, self._achieved
        deeds = self._deeds
        self._before, self._current = visited.page, (event, now, ref)
        self._clicks, self._achieved = deeds.clicks, deeds.achieved
        if page != before or now - opened > self._dwell or ":" in visited.page + page:
            return None
        if deeds.achieved != achieved or deeds.clicks - clicks > (event.how != "back"):
            return None
        self._before = ""  # turns do not overlap: going out again starts from here
        return self._turn(visited, seen_at, event, now, ref)

    def _turn(self, visited: Page, seen_at: Ref, event: Page, now: int, ref: Ref) -> Found:
        subject = (event.page, visited.page)
        episode = self._book.join(subject, visited, None, now)
        episode.back_to = event.page
        episode.count += 1
        episode.see(visited, now, seen_at)
        episode.see(event, now, ref)
        others = [
            other
            for other in self._book.values()
            if other is not episode
            and other.back_to == event.page
            and now - other.seen <= self._window
        ]
        found: Told = ()
        for other in others:
            if other.standing and other.count == 1:
                other.standing = False
                found += _tell(other)
        if episode.count < self._min or (others and episode.count == 1):
            return found
        episode.standing = True
        return found + _tell(episode)


def _tell(episode: Turns) -> Told:
    count = episode.count if episode.standing else 0
    return episode.tell(
        severity=grade(count, half=6),
        count=count,
        facts={"back_to": episode.back_to},
        retracted=not episode.standing,
    )
