"""Clicks and swipes that the page did not answer.

Definition: the click ledger in the browser waited its whole window and saw no sign of life
(`dead`), the control was disabled (`disabled`), or a swipe moved nothing (`dead_swipe`). All on
one element and page, less than `dead.join_ms` apart, are one episode; `dead.min_clicks` of them
make a signal. A later `answered` or `slow` verdict takes its click back.

Severity: dead clicks weigh 1, swipes and disabled controls ½; ½ at a weight of 3.
Source: the rules of the browser's ledger (docs/friction.md); Datadog and PostHog for the windows.
Known false positives: answers that no script can see (a native print preview on some systems, a
sound played by a plugin), controls that act on a far screen; disabled controls pressed to learn
why. Switch them off with `data-vcsm-ignore="dead"`.
"""

from typing import ClassVar

from vcsm.events.kinds import Verdict
from vcsm.friction.detectors.clicks import ClickBook, ClickEpisode
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, grade
from vcsm.friction.thresholds import FrictionSettings


class Dead:
    kind: ClassVar[str] = "dead"
    handlers: ClassVar[dict[Heard, str]] = {Verdict: "on_verdict"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["dead.min_clicks"]
        self._book = ClickBook(kind=self.kind, join_ms=settings["dead.join_ms"])

    def on_verdict(self, event: Verdict, now: int, ref: Ref) -> Found:
        verdict = event.verdict
        if verdict in ("dead", "disabled", "dead_swipe"):
            episode = self._book.add(event, event.element, verdict, now=now, ref=ref)
        elif verdict in ("answered", "slow"):
            episode = self._book.take_back(event)
        else:
            return None
        return self._tell(episode) if episode else None

    def _tell(self, episode: ClickEpisode) -> Found:
        count, swipes = episode.count, episode.ended("dead_swipe")
        disabled = episode.ended("disabled")
        enough = count >= self._min
        if not enough and not episode.told:
            return None
        episode.told = enough
        return episode.tell(
            severity=grade(count - (swipes + disabled) / 2, half=3),
            count=count,
            facts={"disabled": disabled, "swipes": swipes},
            retracted=not enough,
        )
