"""Many errors in a short time, whether or not a click led to them.

Definition: `error_burst.min_errors` uncaught errors inside `error_burst.window_ms`; the episode
grows as long as the next error comes within such a window. Warnings of the browser about its own
layout loop ("ResizeObserver loop") and what the page gave up itself ("AbortError") are no errors.

Severity: every different message weighs 1, every repetition 1/10; ½ at a weight of 4: the same
error in a timer says less than a page falling apart.
Source: Netaj and Conviva name error bursts; numbers are our own.
Known false positives: third-party scripts that fail on their own, browser extensions, "Script
error." of another origin repeated by a timer.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Error, Event
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_MESSAGES = 16

_HARMLESS = ("ResizeObserver loop", "AbortError")


class BurstOfErrors(Episode):
    __slots__ = ("count", "last_error", "messages")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.last_error: Error | None = None
        self.messages: set[str] = set()

    def take(self, event: Error, now: int, ref: Ref) -> None:
        self.see(event, now, ref)
        self.count += 1
        if len(self.messages) < MAX_MESSAGES:
            self.messages.add(event.message[:120])


class ErrorBurst:
    kind: ClassVar[str] = "error_burst"
    handlers: ClassVar[dict[Heard, str]] = {Error: "on_error"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["error_burst.min_errors"]
        self._window = settings["error_burst.window_ms"]
        self._recent: list[tuple[int, Error, Ref]] = []
        self._book = Book(BurstOfErrors, kind=self.kind, join_ms=self._window)

    def on_error(self, event: Error, now: int, ref: Ref) -> Found:
        if event.message.startswith(_HARMLESS):
            return None
        episode = self._book.find("", now)
        if episode is not None:
            if episode.last_error == event:
                return None  # a duplicate
            episode.take(event, now, ref)
        else:
            recent = [one for one in self._recent if now - one[0] <= self._window]
            if not recent or recent[-1][1] != event:
                recent.append((now, event, ref))
            self._recent = recent
            if len(recent) < self._min:
                return None
            episode = self._book.open("", recent[0][1], None)
            for at, error, where in recent:
                episode.take(error, at, where)
            self._recent = []
        episode.last_error = event
        different = len(episode.messages)
        return episode.tell(
            severity=grade(different + (episode.count - different) / 10, half=4),
            count=episode.count,
            facts={"different": different, "message": event.message[:120]},
        )
