"""Runs all detectors over one session: fed every event in order, it returns the signals."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from msgspec import Struct

from vcsm.events.kinds import Any as AnyEvent
from vcsm.friction.detectors.dead import Dead
from vcsm.friction.detectors.deeds import Deeds
from vcsm.friction.detectors.error_burst import ErrorBurst
from vcsm.friction.detectors.error_click import ErrorClick
from vcsm.friction.detectors.failing_request import FailingRequest
from vcsm.friction.detectors.form_abandonment import FormAbandonment
from vcsm.friction.detectors.form_hesitation import FormHesitation
from vcsm.friction.detectors.form_reentry import FormReentry
from vcsm.friction.detectors.heard import EVERYTHING, WAYS, Heard, every
from vcsm.friction.detectors.help_visit import HelpVisit
from vcsm.friction.detectors.page_loop import PageLoop
from vcsm.friction.detectors.rage import Rage
from vcsm.friction.detectors.refresh_loop import RefreshLoop
from vcsm.friction.detectors.repeated_question import RepeatedQuestion
from vcsm.friction.detectors.search_struggle import SearchStruggle
from vcsm.friction.detectors.slow_interaction import SlowInteraction
from vcsm.friction.detectors.slow_page import SlowPage
from vcsm.friction.detectors.stalled_step import StalledStep
from vcsm.friction.detectors.thrashed_cursor import ThrashedCursor
from vcsm.friction.detectors.u_turn import UTurn
from vcsm.friction.detectors.validation_loop import ValidationLoop
from vcsm.friction.signal import Found, Ref, Signal, is_ignored, make_ref
from vcsm.friction.thresholds import FrictionSettings


class Detector(Protocol):
    """A detector of one `kind`. `handlers` names its method for each thing it listens to."""

    kind: ClassVar[str]
    handlers: ClassVar[dict[Heard, str]]

    def __init__(self, settings: FrictionSettings, deeds: Deeds, /) -> None: ...


DETECTORS: tuple[type[Detector], ...] = (
    Rage,
    Dead,
    ErrorClick,
    ErrorBurst,
    FailingRequest,
    SlowPage,
    SlowInteraction,
    FormReentry,
    ValidationLoop,
    FormHesitation,
    FormAbandonment,
    UTurn,
    PageLoop,
    RefreshLoop,
    SearchStruggle,
    RepeatedQuestion,
    HelpVisit,
    StalledStep,
    ThrashedCursor,
)

KINDS: tuple[str, ...] = tuple(detector.kind for detector in DETECTORS)

JUMP_MS = 60_000
"""Events may be this much out of order; a time further back means that the clock was set back."""

_Handler = Callable[[Struct, int, Ref], Found]
_Handlers = tuple[_Handler, ...]


class SessionFriction:
    """The detectors of one session. Pure: no clock but the events' own, and bounded memory.

    Events may be late, doubled or stamped by a clock that jumps; for detectors, time never runs
    back.
    """

    __slots__ = ("_now", "_routes", "_settings", "_shift", "_ways")

    def __init__(self, settings: FrictionSettings) -> None:
        self._settings = settings
        self._now = 0
        self._shift = 0
        deeds = Deeds()
        listeners: list[Deeds | Detector] = [deeds]
        for make in DETECTORS:
            idle = make is StalledStep and not settings.flows  # there is no step to stall at
            if not idle and make.kind not in settings.off_kinds:
                listeners.append(make(settings, deeds))
        self._routes, self._ways = _route(listeners)

    def feed(self, event: AnyEvent, *, sequence: int, position: int) -> list[Signal]:
        """Returns the episodes that `event` opens, grows, shrinks or takes back; usually none."""
        return self.feed_all((event,), sequence=sequence, first=position)

    def feed_all(
        self, events: Sequence[AnyEvent], *, sequence: int, first: int = 0
    ) -> list[Signal]:
        """Does the same for consecutive events of one batch, in order, from position `first` on."""
        found: list[Signal] = []
        told: list[Signal] = []
        routes, ways, latest, shift = self._routes, self._ways, self._now, self._shift
        for ref, event in enumerate(events, make_ref(sequence, first)):
            now = event.at + shift if shift else event.at
            if now < latest:
                if now < latest - JUMP_MS:
                    self._shift = shift = latest - event.at
                now = latest
            else:
                latest = now
            handlers = routes[type(event)]
            if handlers is None:
                handlers = ways[event.how]  # type: ignore[union-attr]
            for handle in handlers:
                signals = handle(event, now, ref)
                if signals is not None:
                    told += filter(self._is_wanted, signals)
            if told:
                self._tell_the_others(told, now, ref)
                found += told
                told.clear()
        self._now = latest
        return found

    def _is_wanted(self, signal: Signal) -> bool:
        element = signal.element
        return not is_ignored(element, signal.kind) and not self._settings.silences(
            kind=signal.kind, page=signal.page, element_id=element.id if element else ""
        )

    def _tell_the_others(self, found: list[Signal], now: int, ref: Ref) -> None:
        for signal in tuple(found):
            for handle in self._routes[Signal] or ():
                found += filter(self._is_wanted, handle(signal, now, ref) or ())


def _route(
    listeners: Sequence[Deeds | Detector],
) -> tuple[dict[type[Struct], _Handlers | None], dict[str, _Handlers]]:
    """Returns the handlers by type of event (None for types told apart by `how`), and by `how`."""
    heard: dict[Heard, list[_Handler]] = {what: [] for what in EVERYTHING}
    for listener in listeners:
        for what, name in listener.handlers.items():
            for one in every(what):
                heard[one].append(getattr(listener, name))
    by_type: dict[type[Struct], _Handlers | None] = dict.fromkeys(WAYS)
    by_way: dict[str, _Handlers] = {}
    for what, handlers in heard.items():
        if isinstance(what, tuple):
            by_way[what[1]] = tuple(handlers)
        else:
            by_type[what] = tuple(handlers)
    return by_type, by_way
