"""The contact searches and does not find.

Definition: searches each less than `search_struggle.window_ms` after the one before, of which
`search_struggle.min_zero` found nothing, or `search_struggle.min_repeats` different wordings are
alike (`search_struggle.likeness`, Dice's coefficient of three-letter pieces) to the latest. Search
as one types counts once: a wording that only adds or removes an ending within 3 s replaces the one
before. The same words with results again are turning a page, not another search.

Severity: a search without result weighs 1, another wording ½; ½ at 3.
Source: Feild et al. 2010 (query logs predict frustration), Hassan et al. 2014 (reformulation
alone may be exploring, so likeness is asked for); no product publishes numbers.
Known false positives: checking on purpose that something does not exist; a name looked up under
several spellings.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Search
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.detectors.likeness import cut, fold, likeness
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

TYPING_MS = 3_000
MAX_WORDINGS = 8


class Searches(Episode):
    """Wordings tried, in order, and whether each found nothing; `pieces` caches their cuts."""

    __slots__ = ("pieces", "tried")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.tried: dict[str, bool] = {}
        self.pieces: dict[str, frozenset[str]] = {}

    def count_alike(self, wording: str, least: float) -> int:
        """Returns how many wordings tried are like `wording`, which is one, by `least` or more."""
        known = self.pieces
        self.pieces = pieces = {tried: known.get(tried) or cut(tried) for tried in self.tried}
        own = pieces[wording]
        return sum([likeness(own, other) >= least for other in pieces.values()])


class SearchStruggle:
    kind: ClassVar[str] = "search_struggle"
    handlers: ClassVar[dict[Heard, str]] = {Search: "on_search"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._zero = settings["search_struggle.min_zero"]
        self._repeats = settings["search_struggle.min_repeats"]
        self._likeness = settings["search_struggle.likeness"]
        self._book = Book(Searches, kind=self.kind, join_ms=settings["search_struggle.window_ms"])

    def on_search(self, event: Search, now: int, ref: Ref) -> Found:
        wording = fold(event.query)
        if not wording:
            return None
        episode = self._book.join("", event, None, now)
        tried = episode.tried
        last = next(reversed(tried), "")
        typing = wording.startswith(last) or last.startswith(wording)
        if tried and typing and wording != last and now - episode.seen <= TYPING_MS:
            del tried[last]
        tried[wording] = event.results == 0
        if len(tried) > MAX_WORDINGS:
            del tried[next(iter(tried))]
        episode.see(event, now, ref)
        zero = sum(tried.values())
        if zero < self._zero and len(tried) < self._repeats:
            return None
        alike = episode.count_alike(wording, self._likeness)
        if zero < self._zero and alike < self._repeats:
            return None
        return episode.tell(
            severity=grade(zero + max(0, alike - 1) / 2, half=3),
            count=len(tried),
            facts={"zero": zero, "alike": alike, "query": event.query},
        )
