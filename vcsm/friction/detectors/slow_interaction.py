"""The page answers, but too late.

Definition: an answer seen later than `slow_interaction.click_ms` after a click (verdict `slow`),
or an interaction to next paint above `slow_interaction.inp_ms`. On one element and page, less
than `slow_interaction.join_ms` apart, they are one episode. A verdict of `answered` or `dead` for
the same click takes that click back.

Severity: a slow answer weighs 1, a slow paint ½; ½ at a weight of 4.
Source: Sentry (slow click from 3 s), web.dev (INP poor above 500 ms).
Known false positives: work the contact knows to take long (an export, a report) that shows no
progress the browser could see; INP measured while the machine was busy with something else.
"""

from typing import ClassVar

from vcsm.events.kinds import Element, Event, Verdict, Vital
from vcsm.friction.detectors.clicks import ClickBook, ClickEpisode
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, Told, grade
from vcsm.friction.thresholds import FrictionSettings


class SlowPaints(Episode):
    """Slow paints of one element. INP is reported again as it gets worse, so only a worse value
    counts as another."""

    __slots__ = ("count", "worst_ms")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
        self.worst_ms = 0.0


class SlowInteraction:
    kind: ClassVar[str] = "slow_interaction"
    handlers: ClassVar[dict[Heard, str]] = {Verdict: "on_verdict", Vital: "on_vital"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._inp = settings["slow_interaction.inp_ms"]
        self._after = settings["slow_interaction.click_ms"]
        join = settings["slow_interaction.join_ms"]
        self._clicks = ClickBook(kind=self.kind, join_ms=join)
        self._paints = Book(
            SlowPaints, kind=self.kind, join_ms=join, prefix="slow_interaction:paint"
        )

    def on_verdict(self, event: Verdict, now: int, ref: Ref) -> Found:
        if event.verdict == "slow" and event.after >= self._after:
            episode = self._clicks.add(event, event.element, "slow", now=now, ref=ref)
        elif event.verdict in ("answered", "dead"):
            episode = self._clicks.take_back(event)
        else:
            return None
        return _tell_clicks(episode, event) if episode else None

    def on_vital(self, event: Vital, now: int, ref: Ref) -> Found:
        if event.metric != "INP" or event.value <= self._inp:
            return None
        subject = (event.element.id if event.element else "", event.page)
        episode = self._paints.join(subject, event, event.element, now)
        if event.value <= episode.worst_ms:
            return None
        episode.worst_ms = event.value
        episode.count += 1
        episode.see(event, now, ref)
        return episode.tell(
            severity=grade(episode.count / 2, half=4),
            count=episode.count,
            facts={"metric": "INP", "worst_ms": round(event.value)},
        )


def _tell_clicks(episode: ClickEpisode, event: Verdict) -> Told:
    return episode.tell(
        severity=grade(episode.count, half=4),
        count=episode.count,
        facts={"metric": "click", "last_ms": round(event.after)},
        retracted=not episode.count,
    )
