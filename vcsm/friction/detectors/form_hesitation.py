"""The contact does not know what to put into a form.

Definition: `form_hesitation.min_fields` visits to fields of one form with a pause of at least
`form_hesitation.pause_ms` inside, that ended empty or with something deleted, each less than
`form_hesitation.window_ms` after the one before. A pause while the tab was hidden does not count:
there the answer was being looked up elsewhere.

Severity: every such visit weighs 1; ½ at 6: a pause may be anything.
Source: react-sentiments (type, pause, delete); Hibbeln et al. 2017 (slower, longer paths).
Known false positives: a telephone call, a card looked for in a pocket.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Input, Visibility
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings


class Pauses(Episode):
    __slots__ = ("count", "last_visit", "longest_ms")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.longest_ms = 0.0
        self.last_visit: Input | None = None


class FormHesitation:
    kind: ClassVar[str] = "form_hesitation"
    handlers: ClassVar[dict[Heard, str]] = {
        (Input, "leave"): "on_leave",
        Visibility: "on_visibility",
    }

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._pause = settings["form_hesitation.pause_ms"]
        self._min = settings["form_hesitation.min_fields"]
        self._book = Book(Pauses, kind=self.kind, join_ms=settings["form_hesitation.window_ms"])
        self._away_at = -1

    def on_visibility(self, event: Visibility, now: int, ref: Ref) -> Found:
        self._away_at = now
        return None

    def on_leave(self, event: Input, now: int, ref: Ref) -> Found:
        if event.hesitation < self._pause or not event.form:
            return None
        unsure = event.deletions > 0 or not event.filled
        if not unsure or 0 <= now - event.dwell <= self._away_at:
            return None
        episode = self._book.join((event.form, event.page), event, event.element, now)
        if episode.last_visit == event:
            return None  # a duplicate
        episode.last_visit = event
        episode.see(event, now, ref)
        episode.count += 1
        episode.longest_ms = max(episode.longest_ms, event.hesitation)
        if episode.count < self._min:
            return None
        return episode.tell(
            severity=grade(episode.count, half=6),
            count=episode.count,
            facts={"form": event.form, "longest_ms": round(episode.longest_ms)},
        )
