"""The same request fails again and again.

Definition: `failing_request.min_count` answers of `failing_request.min_status` or above, or no
answer at all (status 0), for one method and route, each at most `failing_request.window_ms` after
the one before. Slow requests that succeed are no failure.

Severity: a server fault or no answer weighs 1, a refusal (4xx) ½; half of that when no click led
to it; ½ at a weight of 3.
Source: OpenReplay counts every status from 400 on; that it must repeat, and weigh more when the
contact asked for it, is our own.
Known false positives: polling that fails in the background, requests the browser cancels when the
contact leaves (status 0), products that answer an expected "none yet" with 404.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Request
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade, is_ignored
from vcsm.friction.thresholds import FrictionSettings


class FailingEpisode(Episode):
    __slots__ = ("asked", "count", "last_request", "weight")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = self.asked = 0
        self.weight = 0.0
        self.last_request: Request | None = None


class FailingRequest:
    kind: ClassVar[str] = "failing_request"
    handlers: ClassVar[dict[Heard, str]] = {Request: "on_request"}

    def __init__(self, settings: FrictionSettings, deeds: Deeds) -> None:
        self._min = settings["failing_request.min_count"]
        self._status = settings["failing_request.min_status"]
        self._book = Book(
            FailingEpisode, kind=self.kind, join_ms=settings["failing_request.window_ms"]
        )
        self._deeds = deeds

    def on_request(self, event: Request, now: int, ref: Ref) -> Found:
        if 0 < event.status < self._status:
            return None
        element = self._deeds.element(event.click)
        if is_ignored(element, self.kind):
            return None
        subject = (event.method, event.route)
        episode = self._book.find(subject, now) or self._book.open(subject, event, None)
        if episode.last_request == event:
            return None  # a duplicate
        episode.last_request = event
        episode.see(event, now, ref)
        episode.count += 1
        episode.asked += event.click is not None
        fault = 1.0 if event.status == 0 or event.status >= 500 else 0.5
        episode.weight += fault if event.click is not None else fault / 2
        if episode.count < self._min:
            return None
        return episode.tell(
            severity=grade(episode.weight, half=3),
            count=episode.count,
            facts={
                "method": event.method,
                "route": event.route,
                "status": event.status,
                "asked": episode.asked,
            },
        )
