"""A form is begun and left behind.

Definition: at least `form_abandonment.min_fields` fields of a form were changed during
`form_abandonment.min_dwell_ms` or more in its fields, and then another page was shown with no
submission, reset or reported progress (a track event) in between. Submitting the form later in
the session takes it back.

Severity: every changed field weighs 1 and every half minute in them 1; ½ at 8.
Source: the form analytics rule "touched, 5 s, not submitted"; leaving instead of idling as the
end is our own, since an idle contact may only be reading.
Known false positives: forms saved without a submission by a script that reports nothing; filters
that happen to stand in a form.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Input, Page, Track
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode, Subject
from vcsm.friction.detectors.heard import ENDED, SHOWN, Heard
from vcsm.friction.signal import Found, Ref, Told, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_FIELDS = 32
MAX_VISITS = 16
"""Most visits to the form at hand that are held before they are added up."""


class Begun(Episode):
    """A form that was begun; `left` once it has been told as abandoned."""

    __slots__ = ("dwell", "fields", "form", "last_field", "left")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.dwell = 0.0
        self.fields: set[str] = set()
        self.form = ""
        self.last_field = ""
        self.left = False

    def visit(self, event: Input, now: int, ref: Ref) -> bool:
        """Adds a visit to a field; returns False for a duplicate."""
        field = event.element.id
        if field == self.last_field and event.at == self.last_at:
            return False
        self.last_field = field
        self.form = event.form
        self.dwell += event.dwell
        if event.edits and len(self.fields) < MAX_FIELDS:
            self.fields.add(field)
        self.see(event, now, ref)
        return True


class FormAbandonment:
    kind: ClassVar[str] = "form_abandonment"
    handlers: ClassVar[dict[Heard, str]] = {
        (Input, "leave"): "on_leave",
        **dict.fromkeys(ENDED, "on_end"),
        **dict.fromkeys(SHOWN, "on_page"),
        Track: "on_track",
    }

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._fields = settings["form_abandonment.min_fields"]
        self._dwell = settings["form_abandonment.min_dwell_ms"]
        self._book = Book(Begun, kind=self.kind, join_ms=float("inf"))
        self._form: Subject = ""
        self._visits: list[tuple[Input, int, Ref]] = []
        """Visits to `_form` that are not in its episode yet: most forms are sent, and need none."""
        self._current: Begun | None = None

    def on_leave(self, event: Input, now: int, ref: Ref) -> Found:
        name, visits = event.form, self._visits
        if not name:
            return None
        form = (name, event.page)
        if form != self._form or len(visits) == MAX_VISITS:
            if visits:
                self._add_up()
            self._form = form
        visits.append((event, now, ref))
        return None

    def on_end(self, event: Input, now: int, ref: Ref) -> Found:
        name = event.form
        if not name:
            return None
        form = (name, event.page)
        if self._visits:
            self._end(form)
        self._current = None
        episode = self._book.pop(form, None)
        return _tell(episode, retracted=True) if episode and episode.left else None

    def on_track(self, event: Track, now: int, ref: Ref) -> Found:
        if self._visits:
            self._end(self._form)
        episode = self._current
        if episode and not episode.left:
            self._book.pop((episode.form, episode.page), None)
        self._current = None
        return None

    def on_page(self, event: Page, now: int, ref: Ref) -> Found:
        if self._visits:
            self._add_up()
        episode = self._current
        if episode is None or event.page == episode.page:
            return None
        self._current = None
        if len(episode.fields) < self._fields or episode.dwell < self._dwell:
            return None
        episode.left = True
        episode.see(event, now, ref)
        return _tell(episode)

    def _add_up(self) -> None:
        """Moves the visits into their form's episode, which then is the current one."""
        visits = self._visits
        first, now, _ = visits[0]
        episode = self._book.join(self._form, first, first.element, now)
        for visit in visits:
            if episode.visit(*visit):
                self._current = episode
        visits.clear()

    def _end(self, form: Subject) -> None:
        """Ends `form`: if the visits are to it and it has no episode yet, they never need one."""
        if form != self._form or form in self._book:
            self._add_up()
        else:
            self._book.skip()
            self._visits.clear()
            self._current = None


def _tell(episode: Begun, *, retracted: bool = False) -> Told:
    fields = len(episode.fields)
    return episode.tell(
        severity=0.0 if retracted else grade(fields + episode.dwell / 30_000, half=8),
        count=0 if retracted else fields,
        facts={"form": episode.form, "dwell_ms": round(episode.dwell)},
        retracted=retracted,
    )
