"""A page that took too long to show.

Definition: a load whose largest contentful paint is above `slow_page.lcp_ms` or whose first byte
came after `slow_page.ttfb_ms`. All slow loads of one page in a session are one episode.

Severity: each load weighs how many times over the limit it was (at most 5); ½ at a weight of 4.
Source: web.dev: LCP poor above 4 s, TTFB poor above 1.8 s; GoSight for the idea.
Known false positives: a load in a background tab on a browser that still reports LCP; the largest
paint being a late hero picture while the page was usable long before.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Page, Vital
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_RATIO = 5.0


class SlowLoads(Episode):
    """Slow loads of one page. `ratio` says how far the last one was over the limit; `weight` sums
    up the ratios of the earlier ones."""

    __slots__ = ("count", "load", "ratio", "weight", "worst_ms")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.load = -1
        self.ratio = self.weight = self.worst_ms = 0.0


class SlowPage:
    kind: ClassVar[str] = "slow_page"
    handlers: ClassVar[dict[Heard, str]] = {
        (Page, "load"): "on_load",
        (Page, "reload"): "on_load",
        Vital: "on_vital",
    }

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._limits = {"LCP": settings["slow_page.lcp_ms"], "TTFB": settings["slow_page.ttfb_ms"]}
        self._book = Book(SlowLoads, kind=self.kind, join_ms=float("inf"))
        self._load = 0

    def on_load(self, event: Page, now: int, ref: Ref) -> Found:
        self._load += 1
        return None

    def on_vital(self, event: Vital, now: int, ref: Ref) -> Found:
        limit = self._limits.get(event.metric)
        if limit is None or event.value <= limit:
            return None
        episode = self._book.join(event.page, event, None, now)
        ratio = min(MAX_RATIO, event.value / limit)
        if episode.load != self._load:
            episode.load = self._load
            episode.weight += episode.ratio
            episode.ratio = 0.0
            episode.count += 1
        if ratio <= episode.ratio:
            return None  # this load is known to be as slow already
        episode.ratio = ratio
        episode.worst_ms = max(episode.worst_ms, event.value)
        episode.see(event, now, ref)
        return episode.tell(
            severity=grade(episode.weight + ratio, half=4),
            count=episode.count,
            facts={"metric": event.metric, "worst_ms": round(episode.worst_ms)},
        )
