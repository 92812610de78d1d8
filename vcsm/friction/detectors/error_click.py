"""A click that led to an error.

Definition: the browser's ledger attributed an uncaught error, rejection or failed request to the
click (verdict `error`), or an error event names the click. On one element and page, less than
`error_click.join_ms` apart, they are one episode; `error_click.min_clicks` clicks make a signal.
An `answered` verdict takes its click back.

Severity: ½ at 2 clicks, since an error after a click is rarely harmless when repeated.
Source: Datadog (errors while the click's action is open), Amplitude, New Relic, Splunk (1–2 s).
Known false positives: an error thrown by a third-party script that happens to follow the click;
errors the product catches and explains itself but logs as uncaught.
"""

from typing import ClassVar

from vcsm.events.kinds import Error, Verdict
from vcsm.friction.detectors.clicks import ClickBook, ClickEpisode
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings


class ErrorClick:
    kind: ClassVar[str] = "error_click"
    handlers: ClassVar[dict[Heard, str]] = {Verdict: "on_verdict", Error: "on_error"}

    def __init__(self, settings: FrictionSettings, deeds: Deeds) -> None:
        self._min = settings["error_click.min_clicks"]
        self._book = ClickBook(kind=self.kind, join_ms=settings["error_click.join_ms"])
        self._deeds = deeds

    def on_verdict(self, event: Verdict, now: int, ref: Ref) -> Found:
        if event.verdict == "error":
            episode = self._book.add(event, event.element, "error", now=now, ref=ref)
        elif event.verdict == "answered":
            episode = self._book.take_back(event)
        else:
            return None
        return self._tell(episode, event.reason) if episode else None

    def on_error(self, event: Error, now: int, ref: Ref) -> Found:
        element = self._deeds.element(event.click)
        if element is None:
            return None
        episode = self._book.add(event, element, "error", now=now, ref=ref)
        return self._tell(episode, event.message[:120]) if episode else None

    def _tell(self, episode: ClickEpisode, reason: str) -> Found:
        enough = episode.count >= self._min
        if not enough and not episode.told:
            return None
        episode.told = enough
        return episode.tell(
            severity=grade(episode.count, half=2),
            count=episode.count,
            facts={"reason": reason},
            retracted=not enough,
        )
