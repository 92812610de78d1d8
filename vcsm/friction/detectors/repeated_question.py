"""The contact asks again, because the answer did not help.

Definition: `repeated_question.min_times` questions of one session that are alike
(`repeated_question.likeness`, Dice's coefficient of three-letter pieces), each less than
`repeated_question.window_ms` after the one before. Texts of fewer than 12 letters ("yes",
"thank you") are no questions.

Severity: every time beyond the first weighs 1; ½ at 1: asking twice is as plain as it gets.
Source: our own; Feild & Allan 2009 (those who are frustrated stay so) for the long window.
Known false positives: the same question about another thing ("what does this column mean?").
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Question
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.detectors.likeness import cut, fold, likeness
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

MIN_LETTERS = 12


class Asked(Episode):
    __slots__ = ("count", "last_question", "pieces")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.pieces: frozenset[str] = frozenset()
        self.last_question: Question | None = None


class RepeatedQuestion:
    kind: ClassVar[str] = "repeated_question"
    handlers: ClassVar[dict[Heard, str]] = {Question: "on_question"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["repeated_question.min_times"]
        self._likeness = settings["repeated_question.likeness"]
        self._window = settings["repeated_question.window_ms"]
        self._book = Book(Asked, kind=self.kind, join_ms=self._window)

    def on_question(self, event: Question, now: int, ref: Ref) -> Found:
        text = fold(event.text)
        if len(text) < MIN_LETTERS:
            return None
        pieces = cut(text)
        episode = self._asked_before(pieces, now) or self._book.open(text, event, None)
        if episode.last_question == event:
            return None  # a duplicate
        episode.last_question = event
        episode.pieces = pieces
        episode.count += 1
        episode.see(event, now, ref)
        if episode.count < self._min:
            return None
        return episode.tell(
            severity=grade(episode.count - 1, half=1),
            count=episode.count,
            facts={"question": event.text[:200]},
        )

    def _asked_before(self, pieces: frozenset[str], now: int) -> Asked | None:
        alike = [
            (likeness(pieces, asked.pieces), asked)
            for asked in self._book.values()
            if now - asked.seen <= self._window
        ]
        share, asked = max(alike, key=lambda one: one[0], default=(0.0, None))
        return asked if share >= self._likeness else None
