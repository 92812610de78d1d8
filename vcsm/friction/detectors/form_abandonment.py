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

from msgspec import Struct

from vcsm.events.kinds import Element, Event, Input, Page, Track
from vcsm.friction.detectors.clicks import RecentClicks
from vcsm.friction.detectors.episode import Book, Episode, Subject
from vcsm.friction.signal import NOTHING, Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_FIELDS = 32


class Begun(Episode):
    """A form in work; `left` once it was told as abandoned."""

    __slots__ = ("dwell", "fields", "form", "last_field", "left", "subject")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.dwell = 0.0
        self.fields: set[str] = set()
        self.form = ""
        self.subject: Subject = ""
        self.last_field = ""
        self.left = False


class FormAbandonment:
    kind: ClassVar[str] = "form_abandonment"
    handlers: ClassVar[dict[type[Struct], str]] = {
        Input: "on_input",
        Page: "on_page",
        Track: "on_track",
    }

    def __init__(self, settings: FrictionSettings, _: RecentClicks) -> None:
        self._fields = settings["form_abandonment.min_fields"]
        self._dwell = settings["form_abandonment.min_dwell_ms"]
        self._book = Book(Begun, kind=self.kind, join_ms=float("inf"))
        self._current: Begun | None = None

    def on_input(self, event: Input, now: int, ref: Ref) -> Found:
        if not event.form or event.how == "focus":
            return NOTHING
        subject = (event.form, event.page)
        if event.how == "submit" or event.how == "reset":
            self._current = None
            episode = self._book.close(subject)
            return _tell(episode, retracted=True) if episode and episode.left else NOTHING
        if event.how != "leave":
            return NOTHING
        episode = self._book.join(subject, event, event.element, now)
        field = event.element.id
        if field == episode.last_field and event.at == episode.last_at:
            return NOTHING  # a duplicate
        episode.last_field = field
        episode.form, episode.subject = event.form, subject
        episode.dwell += event.dwell
        if event.edits and len(episode.fields) < MAX_FIELDS:
            episode.fields.add(field)
        episode.see(event, now, ref)
        self._current = episode
        return NOTHING

    def on_track(self, event: Track, now: int, ref: Ref) -> Found:
        if self._current and not self._current.left:
            self._book.close(self._current.subject)
        self._current = None
        return NOTHING

    def on_page(self, event: Page, now: int, ref: Ref) -> Found:
        episode = self._current
        if episode is None or event.page == episode.page or event.how in ("replace", "hash"):
            return NOTHING
        self._current = None
        if len(episode.fields) < self._fields or episode.dwell < self._dwell:
            return NOTHING
        episode.left = True
        episode.see(event, now, ref)
        return _tell(episode)


def _tell(episode: Begun, *, retracted: bool = False) -> Found:
    fields = len(episode.fields)
    return episode.tell(
        severity=0.0 if retracted else grade(fields + episode.dwell / 30_000, half=8),
        count=0 if retracted else fields,
        facts={"form": episode.form, "dwell_ms": round(episode.dwell)},
        retracted=retracted,
    )
