"""Clicks repeated in anger on a control that does not do its work.

Definition: the browser's ledger judged a burst on one control as `rage`: it went unanswered, or
its answers undid each other. `rage.min_clicks` clicks in one burst make a signal; bursts on one
element and page less than `rage.join_ms` apart are one episode. The same burst judged
`repeat_use` later (a stepper worked hard) takes it back.

Severity: unanswered clicks weigh 1, answered ones ½; ½ at a weight of 3.
Source: Datadog (same target, vetoes), Mixpanel and Amplitude (4 in 1 s), Sentry (dead and
repeated is the strongest sign); the rule that answered repetition is use is our own.
Known false positives: games, drum machines and other surfaces made to be hammered that answer
where no script can see. Switch them off with `data-vcsm-ignore="rage"`.
"""

from typing import ClassVar

from vcsm.events.kinds import Burst, Element, Event
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode, Subject
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, Told, grade
from vcsm.friction.thresholds import FrictionSettings

MAX_BURSTS = 24


class RageEpisode(Episode):
    """Bursts on one element, by number: each as last reported, and the place of that report."""

    __slots__ = ("bursts",)

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.bursts: dict[int, tuple[Burst, Ref]] = {}

    def recount(self) -> None:
        """Takes times and evidence anew from the bursts that still stand."""
        bursts = self.bursts.values()
        if bursts:
            self.evidence = [ref for _, ref in bursts]
            self.last_at = max(burst.at for burst, _ in bursts)
            self.started_at = min(max(0, burst.at - round(burst.span)) for burst, _ in bursts)


class Rage:
    kind: ClassVar[str] = "rage"
    handlers: ClassVar[dict[Heard, str]] = {Burst: "on_burst"}

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._min = settings["rage.min_clicks"]
        self._book = Book(RageEpisode, kind=self.kind, join_ms=settings["rage.join_ms"])

    def on_burst(self, event: Burst, now: int, ref: Ref) -> Found:
        subject = (event.element.id, event.page)
        if event.verdict == "repeat_use":
            return self._take_back(event, subject, now)
        if event.clicks < self._min:
            return None
        episode = self._book.join(subject, event, event.element, now)
        before = episode.bursts.get(event.burst)
        if before and before[0].clicks >= event.clicks:
            return None  # a duplicate, or an earlier report that came late
        episode.bursts[event.burst] = (event, ref)
        if len(episode.bursts) > MAX_BURSTS:
            del episode.bursts[next(iter(episode.bursts))]
        episode.seen = now
        return _tell(episode)

    def _take_back(self, event: Burst, subject: Subject, now: int) -> Found:
        episode = self._book.find(subject, now)
        if episode is None or episode.bursts.pop(event.burst, None) is None:
            return None
        if not episode.bursts:
            self._book.pop(subject, None)
        return _tell(episode)


def _tell(episode: RageEpisode) -> Told:
    episode.recount()
    clicks = sum(burst.clicks for burst, _ in episode.bursts.values())
    answered = sum(min(burst.answered, burst.clicks) for burst, _ in episode.bursts.values())
    return episode.tell(
        severity=grade(clicks - answered / 2, half=3),
        count=clicks,
        facts={"bursts": len(episode.bursts), "answered": answered},
        retracted=not episode.bursts,
    )
