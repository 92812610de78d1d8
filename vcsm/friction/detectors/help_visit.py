"""The contact goes looking for help after something went wrong.

Definition: a page that matches the workspace's `help_pages` is opened at most
`help_visit.after_ms` after a friction signal that still stands. Going on inside the help pages
is the same visit. When every signal behind it is taken back, so is the visit. Reading help with
nothing wrong before is learning, not friction.

Severity: the severities of the signals before it plus ½ per visit; ½ at a weight of 2.
Source: our own; no product publishes numbers.
Known false positives: a product whose own work happens under a path that looks like help: name
the right `help_pages`.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Page
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import SHOWN, Heard
from vcsm.friction.signal import Found, Ref, Signal, Told, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_SIGNALS = 32


class Visit(Episode):
    """Visits to help. `after` holds the severities of the signals before them, by signal key."""

    __slots__ = ("after", "count")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.after: dict[str, float] = {}


class HelpVisit:
    kind: ClassVar[str] = "help_visit"
    handlers: ClassVar[dict[Heard, str]] = {
        **dict.fromkeys([*SHOWN, (Page, "replace")], "on_page"),
        Signal: "on_signal",
    }

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._after = settings["help_visit.after_ms"]
        self._pages = settings.help_pages
        self._book = Book(Visit, kind=self.kind, join_ms=self._after)
        self._signals: dict[str, tuple[int, float]] = {}
        self._latest = 0
        """When the latest signal was told."""
        self._page: str | None = None

    def on_signal(self, signal: Signal, now: int, ref: Ref) -> Found:
        if signal.kind == self.kind:
            return None
        if not signal.retracted:
            self._signals.pop(signal.key, None)
            self._signals[signal.key] = (now, signal.severity)
            self._latest = now
            if len(self._signals) > MAX_SIGNALS:
                del self._signals[next(iter(self._signals))]
            return None
        self._signals.pop(signal.key, None)
        found: Told = ()
        for visit in list(self._book.values()):
            if visit.after.pop(signal.key, None) is not None:
                found += _tell(visit)
                if not visit.after:
                    self._book.pop("", None)
        return found

    def on_page(self, event: Page, now: int, ref: Ref) -> Found:
        before, self._page = self._page, event.page
        if not self._signals or now - self._latest > self._after:
            return None  # the usual case: nothing went wrong of late
        if not self._is_help(event.page) or (before is not None and self._is_help(before)):
            return None
        after = {
            key: severity
            for key, (at, severity) in self._signals.items()
            if now - at <= self._after
        }
        if not after:
            return None
        visit = self._book.join("", event, None, now)
        visit.after.update(after)
        while len(visit.after) > MAX_SIGNALS:
            del visit.after[next(iter(visit.after))]
        visit.count += 1
        visit.see(event, now, ref)
        return _tell(visit)

    def _is_help(self, page: str) -> bool:
        return self._pages.match(page) is not None


def _tell(visit: Visit) -> Told:
    count = visit.count if visit.after else 0
    return visit.tell(
        severity=grade(sum(visit.after.values()) + count / 2, half=2) if count else 0.0,
        count=count,
        facts={"after": len(visit.after)},
        retracted=not count,
    )
