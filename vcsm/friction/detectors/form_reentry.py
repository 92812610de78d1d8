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

from vcsm.events.kinds import Element, Event, Input
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import MAX_OPEN, Book, Episode
from vcsm.friction.detectors.heard import ENDED, Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_FORMS = 16


class Visits(Episode):
    __slots__ = ("count", "deleting")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = self.deleting = 0


_Visit = tuple[Input, int, Ref]
"""Event, moment and place of a visit to a field."""
_Form = tuple[str, str]
"""A form's name and page."""


class FormReentry:
    kind: ClassVar[str] = "form_reentry"
    handlers: ClassVar[dict[Heard, str]] = {
        (Input, "leave"): "on_leave",
        **dict.fromkeys(ENDED, "on_end"),
    }

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["form_reentry.min_visits"]
        self._window = settings["form_reentry.window_ms"]
        self._book = Book(Visits, kind=self.kind, join_ms=self._window)
        self._first: dict[_Form, dict[str, _Visit]] = {}
        """First visits by form and field. Most fields have no second visit, and so no episode."""

    def on_end(self, event: Input, now: int, ref: Ref) -> Found:
        """Forgets the form's visits: what comes after a submission or reset is another try."""
        form = (event.form, event.page)
        self._first.pop(form, None)
        if self._book:
            for subject in [subject for subject in self._book if subject[1:] == form]:
                del self._book[subject]
        return None

    def on_leave(self, event: Input, now: int, ref: Ref) -> Found:
        name, element = event.form, event.element
        if not event.edits or not name or element.role == "searchbox":
            return None
        form = (name, event.page)
        episode = self._book.find((element.id, *form), now) if self._book else None
        if episode is None:
            episode = self._begin(form, (event, now, ref))
        if episode is None or event.at == episode.last_at:  # a first visit, or a duplicate
            return None
        _count(episode, event, now, ref)
        if episode.count < self._min:
            return None
        return episode.tell(
            severity=grade(episode.count - 1 + episode.deleting / 2, half=4),
            count=episode.count,
            facts={"form": name, "deleting": episode.deleting},
        )

    def _begin(self, form: _Form, visit: _Visit) -> Visits | None:
        """Returns an episode begun by the field's first visit; None if this visit is the first."""
        field, forms = visit[0].element.id, self._first
        fields = forms.get(form)
        if fields is None:
            forms[form] = {field: visit}
            if len(forms) > MAX_FORMS:
                del forms[next(iter(forms))]
            return None
        first = fields.pop(field, None)
        if first is not None and visit[1] - first[1] <= self._window:
            episode = self._book.open((field, *form), first[0], first[0].element)
            _count(episode, *first)
            return episode
        fields[field] = visit
        if len(fields) > MAX_OPEN:
            del fields[next(iter(fields))]
        return None


def _count(episode: Visits, event: Input, now: int, ref: Ref) -> None:
    episode.see(event, now, ref)
    episode.count += 1
    episode.deleting += event.deletions * 2 > event.edits
