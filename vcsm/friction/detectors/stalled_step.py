"""The contact is stuck on one step of a flow that the workspace defined.

Definition: a step of a flow in `flows` was reached (its page shown or its event tracked) and
`stalled_step.after_ms` (or the step's own `stall_ms`) of active time went by without reaching
another step. Active time is the time between things done, a gap counting for at most
`stalled_step.idle_ms`; a step reached by its page stands still while another page is shown. The
last step of a flow ends it and cannot stall. The episode grows with every half of that time again.

Severity: how many times over the limit, plus 1 for every time the contact fell back to an earlier
step in this flow; ½ at 2.
Source: our own; no product publishes numbers.
Known false positives: a step that is long work by nature: give it its own `stall_ms`.
"""

from typing import ClassVar

from vcsm.events.kinds import Click, Element, Event, Input, Page, Search, Track
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.episode import Book, Episode
from vcsm.friction.detectors.heard import Heard
from vcsm.friction.signal import Found, Ref, Told, grade
from vcsm.friction.thresholds import Flow, FrictionSettings


class Progress:
    """Where the contact stands in one flow: at step `at`, -1 outside the flow."""

    __slots__ = ("active", "at", "falls", "flow", "limits", "paused", "told")

    def __init__(self, flow: Flow, default_ms: float) -> None:
        self.flow = flow
        self.limits = [step.stall_ms or default_ms for step in flow.steps]
        self.leave()

    def leave(self) -> None:
        """Notes that the contact is not, or no longer, in the flow."""
        self.at = -1
        self.active = 0.0
        self.falls = 0
        self.told = 0
        self.paused = True

    def see_page(self, page: str) -> None:
        for index, pattern in self.flow.pages:
            if pattern.match(page):
                self._reach(index)
                return
        if self.at >= 0 and self.flow.steps[self.at].page:
            self.paused = True

    def see_track(self, name: str) -> None:
        if (index := self.flow.tracks.get(name)) is not None:
            self._reach(index)

    def _reach(self, index: int) -> None:
        self.paused = False
        if index == self.at:
            return
        if index == len(self.flow.steps) - 1:
            self.leave()
            return
        self.falls += index < self.at
        self.at = index
        self.active = 0.0
        self.told = 0


class StalledStep:
    kind: ClassVar[str] = "stalled_step"
    handlers: ClassVar[dict[Heard, str]] = {
        Click: "on_work",
        Input: "on_work",
        Search: "on_work",
        Page: "on_page",
        Track: "on_track",
    }

    def __init__(self, settings: FrictionSettings, _: Deeds) -> None:
        self._idle = settings["stalled_step.idle_ms"]
        after = settings["stalled_step.after_ms"]
        self._flows = [Progress(flow, after) for flow in settings.flows]
        self._book = Book(Stall, kind=self.kind, join_ms=float("inf"))
        self._moving: list[Progress] = []
        self._last = 0

    def on_work(self, event: Event, now: int, ref: Ref) -> Found:
        gap = now - self._last
        self._last = now
        if not self._moving:
            return None
        found: Told = ()
        for flow in self._moving:
            flow.active += gap if gap < self._idle else self._idle
            if flow.active >= flow.limits[flow.at] * (1 + flow.told / 2):
                found += self._stall(flow, event, now, ref)
        return found

    def on_page(self, event: Page, now: int, ref: Ref) -> Found:
        found = self.on_work(event, now, ref)
        for flow in self._flows:
            flow.see_page(event.page)
        self._moving = [flow for flow in self._flows if not flow.paused]
        return found

    def on_track(self, event: Track, now: int, ref: Ref) -> Found:
        found = self.on_work(event, now, ref)
        for flow in self._flows:
            flow.see_track(event.name)
        self._moving = [flow for flow in self._flows if not flow.paused]
        return found

    def _stall(self, flow: Progress, event: Event, now: int, ref: Ref) -> Told:
        subject = (flow.flow.name, flow.at)
        again = flow.told > 0
        episode = self._book.join(subject, event, None, now) if again else None
        if episode is None:
            episode = self._book.open(subject, event, None)
            episode.started_at = max(0, event.at - round(flow.active))
        flow.told += 1
        episode.count += 1
        episode.see(event, now, ref)
        return episode.tell(
            severity=grade(flow.active / flow.limits[flow.at] + flow.falls, half=2),
            count=episode.count,
            facts={
                "flow": flow.flow.name,
                "step": flow.at + 1,
                "active_ms": round(flow.active),
                "falls": flow.falls,
            },
        )


class Stall(Episode):
    __slots__ = ("count",)

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        super().__init__(kind, key, event, element)
        self.count = 0
