"""The same field is filled in again and again.

Definition: `form_reentry.min_visits` visits to one field that changed it, each less than
`form_reentry.window_ms` after the one before, with no submission in between. Search fields and
fields outside any form are left alone: there, changing the words is the work.

Severity: every visit beyond the first weighs 1, plus ½ when it mostly deleted; ½ at 4.
Source: Grigera et al. 2017 (usability smells from event logs); the numbers are our own.
Known false positives: long texts written in several goes, sheets used as a form, editors that
keep one form open all day.
"""

from typing import ClassVar

from msgspec import Struct

from vcsm.events.kinds import Element, Event, Input
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import MAX_OPEN, Book, Episode, Subject
from vcsm.friction.signal import NOTHING, Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings


class Visits(Episode):
    __slots__ = ("count", "deleting")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = self.deleting = 0


_Visit = tuple[Input, int, Ref]
"""Event, moment and place of a visit to a field."""


class FormReentry:
    kind: ClassVar[str] = "form_reentry"
    handlers: ClassVar[dict[type[Struct], str]] = {Input: "on_input"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["form_reentry.min_visits"]
        self._window = settings["form_reentry.window_ms"]
        self._book = Book(Visits, kind=self.kind, join_ms=self._window)
        self._first: dict[Subject, _Visit] = {}
        """First visits. Most fields have no second, and so no episode."""
        self._sent: dict[tuple[str, str], int] = {}

    def on_input(self, event: Input, now: int, ref: Ref) -> Found:
        name, how, element = event.form, event.how, event.element
        if not name:
            return NOTHING
        if how != "leave":
            if how == "submit" or how == "reset":
                self._forget((name, event.page))
            return NOTHING
        if not event.edits or element.role == "searchbox":
            return NOTHING
        # The number of submissions is part of the subject: what came before one is another try.
        page = event.page
        subject = (element.id, self._sent.get((name, page), 0), name, page)
        episode = self._book.find(subject, now) if self._book else None
        if episode is None:
            episode = self._begin(subject, (event, now, ref))
        if episode is None or event.at == episode.last_at:  # a first visit, or a duplicate
            return NOTHING
        _count(episode, event, now, ref)
        if episode.count < self._min:
            return NOTHING
        return episode.tell(
            severity=grade(episode.count - 1 + episode.deleting / 2, half=4),
            count=episode.count,
            facts={"form": name, "deleting": episode.deleting},
        )

    def _begin(self, subject: Subject, visit: _Visit) -> Visits | None:
        """The episode that the visit before this one began; None when this is the first."""
        visits = self._first
        first = visits.pop(subject, None)
        if first is not None and visit[1] - first[1] <= self._window:
            episode = self._book.open(subject, first[0], first[0].element)
            _count(episode, *first)
            return episode
        visits[subject] = visit
        if len(visits) > MAX_OPEN:
            del visits[next(iter(visits))]
        return None

    def _forget(self, form: tuple[str, str]) -> None:
        self._sent[form] = self._sent.pop(form, 0) + 1
        if len(self._sent) > 16:
            del self._sent[next(iter(self._sent))]


def _count(episode: Visits, event: Input, now: int, ref: Ref) -> None:
    episode.see(event, now, ref)
    episode.count += 1
    episode.deleting += event.deletions * 2 > event.edits
