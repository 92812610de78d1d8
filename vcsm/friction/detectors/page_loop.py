"""The contact goes round in circles.

Definition: within `page_loop.window_ms` the last pages shown are at most `page_loop.max_pages`
different ones, of which one was shown `page_loop.min_visits` times and every other at least once
less. Anything achieved on the way (a field changed, a form submitted, something tracked) starts
the count again; reloads, replacements and anchors inside a page are no visits.

Severity: every visit beyond the second weighs 1; ½ at 6.
Source: Conviva (one URL three times in 15 s); that all pages of the loop come back, so that a
list with ever new details is none, is our own.
Known false positives: comparing two pages by eye. Pages whose path holds an `:id` are left out,
since every visit may show something else.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Page
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard, ways
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_VISITS = 24


class Loop(Episode):
    __slots__ = ("count", "pages")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.pages: frozenset[str] = frozenset()


class PageLoop:
    kind: ClassVar[str] = "page_loop"
    handlers: ClassVar[dict[Heard, str]] = dict.fromkeys(
        ways(Page, "load", "push", "back", "restore"), "on_page"
    )

    def __init__(self, settings: FrictionSettings, deeds: Deeds) -> None:
        self._min = settings["page_loop.min_visits"]
        self._pages = settings["page_loop.max_pages"]
        self._window = settings["page_loop.window_ms"]
        self._book = Book(Loop, kind=self.kind, join_ms=self._window)
        self._shortest = 2 * self._min - 1
        """Visits in the smallest loop, which has two pages."""
        self._visits: list[tuple[int, Page, Ref]] = []
        self._deeds = deeds
        self._achieved = 0
        """The count of achievements at the latest visit."""

    def on_page(self, event: Page, now: int, ref: Ref) -> Found:
        page, visits, achieved = event.page, self._visits, self._deeds.achieved
        if ":" in page or (visits and visits[-1][1].page == page):
            return None
        visit = (now, event, ref)
        if achieved != self._achieved:
            self._achieved, self._visits = achieved, [*visits[-1:], visit]
            return None  # two visits make no loop yet
        visits.append(visit)
        if len(visits) > MAX_VISITS:
            del visits[0]
        if len(visits) < self._shortest:
            return None
        counts = self._loop(now)
        return self._tell(counts, event, now, ref) if counts else None

    def _loop(self, now: int) -> dict[str, int]:
        """Returns the visits by page in the longest loop that ends here; empty without a loop."""
        counts: dict[str, int] = {}
        loop: dict[str, int] = {}
        for at, visit, _ in reversed(self._visits):
            if now - at > self._window:
                break
            if visit.page not in counts:
                if self._is_loop(counts):
                    loop = dict(counts)
                if len(counts) >= self._pages:
                    return loop
                counts[visit.page] = 0
            counts[visit.page] += 1
        return counts if self._is_loop(counts) else loop

    def _is_loop(self, counts: dict[str, int]) -> bool:
        return (
            len(counts) > 1
            and max(counts.values()) >= self._min
            and min(counts.values()) >= self._min - 1
        )

    def _tell(self, counts: dict[str, int], event: Page, now: int, ref: Ref) -> Found:
        episode = self._book.find("", now)
        if episode is None or episode.pages.isdisjoint(counts):
            recent = self._visits[-sum(counts.values()) :]
            episode = self._book.open("", recent[0][1], None)
            for _, visit, where in recent[:-1]:
                episode.see(visit, now, where)
            episode.count = len(recent) - 1
        # A loop that gains or loses a page is still the same one.
        episode.pages = frozenset(counts)
        episode.count += 1
        episode.see(event, now, ref)
        return episode.tell(
            severity=grade(episode.count - 2, half=6),
            count=episode.count,
            facts={"pages": " ".join(sorted(counts))[:500]},
        )
