"""The pointer is shaken about.

Definition: windows of movement, summed up in the browser, that score at least
`thrashed_cursor.min_score`: 0.4 for turns (all of it from 8 on), 0.3 for speed (none up to
300 px/s, all of it from 600 on) and 0.3 for staying in a small box. `thrashed_cursor.min_windows`
of them, each less than `thrashed_cursor.window_ms` after the one before, make a signal.

Severity: ½ at 6 windows: movement explains little of what people feel.
Source: Splunk's score; Yamauchi & Xiao 2017 and Hibbeln et al. 2017 on how weak it is alone.
Known false positives: waking the machine, games and drawing, following a video with the hand.
"""

from typing import ClassVar

from vcsm.events.kinds import Cursor, Element, Event
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings


class Shaking(Episode):
    __slots__ = ("best", "count")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.best = 0.0


class ThrashedCursor:
    kind: ClassVar[str] = "thrashed_cursor"
    handlers: ClassVar[dict[Heard, str]] = {Cursor: "on_cursor"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._score = settings["thrashed_cursor.min_score"]
        self._min = settings["thrashed_cursor.min_windows"]
        self._book = Book(Shaking, kind=self.kind, join_ms=settings["thrashed_cursor.window_ms"])

    def on_cursor(self, event: Cursor, now: int, ref: Ref) -> Found:
        score = _score(event)
        if score < self._score:
            return None
        episode = self._book.join(event.page, event, None, now)
        if episode.count and event.at == episode.last_at:
            return None  # a duplicate
        episode.count += 1
        episode.best = max(episode.best, score)
        episode.see(event, now, ref)
        if episode.count < self._min:
            return None
        return episode.tell(
            severity=grade(episode.count, half=6),
            count=episode.count,
            facts={"score": round(episode.best, 3)},
        )


def _score(event: Cursor) -> float:
    speed = event.path / event.span * 1000 if event.span else 0.0
    return (
        0.4 * min(event.turns / 8, 1)
        + 0.3 * min(max((speed - 300) / 300, 0), 1)
        + 0.3 / (1 + (event.box / 200) ** 2)
    )
