"""A form refuses again and again.

Definition: `validation_loop.min_rounds` rounds of refusal of one form, each less than
`validation_loop.window_ms` after the one before. A round is everything found invalid until the
contact changes a field or submits again, so ten red fields at once are one round.

Severity: every round beyond the first weighs 1; ½ at 2.
Source: Grigera et al. 2017 (late validation, unformatted input); the numbers are our own.
Known false positives: password rules tried out for fun; a form that marks fields invalid while
they are being typed in.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Input
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings


class Rounds(Episode):
    __slots__ = ("count", "fields", "open")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.open = False
        self.fields: set[str] = set()


class ValidationLoop:
    kind: ClassVar[str] = "validation_loop"
    handlers: ClassVar[dict[Heard, str]] = {Input: "on_input"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["validation_loop.min_rounds"]
        self._book = Book(Rounds, kind=self.kind, join_ms=settings["validation_loop.window_ms"])
        self._refused = False

    def on_input(self, event: Input, now: int, ref: Ref) -> Found:
        if event.how != "invalid" and not self._refused:
            return None  # the usual case: no form has refused anything yet
        subject = (event.form or event.element.id, event.page)
        if event.how != "invalid":
            episode = self._book.find(subject, now)
            if episode and (event.edits or event.how in ("submit", "reset")):
                episode.open = False
            return None
        self._refused = True
        episode = self._book.find(subject, now)
        if episode is None:
            episode = self._book.open(subject, event, event.element)
        if len(episode.fields) < 32:
            episode.fields.add(event.element.id)
        if episode.open:
            return None
        episode.open = True
        episode.count += 1
        episode.see(event, now, ref)
        if episode.count < self._min:
            return None
        return episode.tell(
            severity=grade(episode.count - 1, half=2),
            count=episode.count,
            facts={"form": event.form, "fields": len(episode.fields)},
        )
