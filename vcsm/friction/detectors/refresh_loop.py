"""The contact reloads a page, hoping for something else.

Definition: `refresh_loop.min_reloads` reloads of one page, each less than
`refresh_loop.window_ms` after the one before. Reloads at even distances (of 5 s or more, within
5 %) are a timer's and do not count.

Severity: ½ at 4 reloads.
Source: Dynatrace names page refreshes; the numbers and the exemption of timers are our own.
Known false positives: watching a job that has no live view of its own (which is a finding too,
only not of a fault).
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Page
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

TIMER_MS = 5_000
MAX_GAPS = 8


class Reloads(Episode):
    __slots__ = ("count", "gaps")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.gaps: list[int] = []

    def by_timer(self) -> bool:
        gaps = self.gaps
        return len(gaps) > 1 and min(gaps) >= TIMER_MS and max(gaps) <= 1.05 * min(gaps)


class RefreshLoop:
    kind: ClassVar[str] = "refresh_loop"
    handlers: ClassVar[dict[Heard, str]] = {(Page, "reload"): "on_reload"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["refresh_loop.min_reloads"]
        self._book = Book(Reloads, kind=self.kind, join_ms=settings["refresh_loop.window_ms"])

    def on_reload(self, event: Page, now: int, ref: Ref) -> Found:
        episode = self._book.join(event.page, event, None, now)
        if episode.count and event.at == episode.last_at:
            return None  # a duplicate
        if episode.count:
            episode.gaps = [*episode.gaps[-MAX_GAPS:], now - episode.seen]
        episode.see(event, now, ref)
        episode.count += 1
        if episode.count < self._min or episode.by_timer():
            return None
        return episode.tell(severity=grade(episode.count, half=4), count=episode.count, facts={})
