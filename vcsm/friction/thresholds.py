"""Every number by which a detector may be tuned, and the switches that silence one.

A workspace stores a plain dictionary; `FrictionSettings.from_dict` refuses what it does not know.
"""

import fnmatch
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct


class Threshold(NamedTuple):
    """A number with its allowed range."""

    default: float
    low: float
    high: float
    meaning: str


_HOUR = 3_600_000

THRESHOLDS: dict[str, Threshold] = {
    "rage.min_clicks": Threshold(3, 2, 100, "clicks in one burst"),
    "rage.join_ms": Threshold(30_000, 0, _HOUR, "bursts closer than this are one episode"),
    "dead.min_clicks": Threshold(1, 1, 100, "clicks or swipes without an answer"),
    "dead.join_ms": Threshold(60_000, 0, _HOUR, "dead clicks closer than this are one episode"),
    "error_click.min_clicks": Threshold(1, 1, 100, "clicks followed by an error"),
    "error_click.join_ms": Threshold(60_000, 0, _HOUR, "closer than this: one episode"),
    "error_burst.min_errors": Threshold(3, 2, 1000, "errors inside the window"),
    "error_burst.window_ms": Threshold(10_000, 100, _HOUR, "window of the burst"),
    "failing_request.min_count": Threshold(2, 1, 1000, "failures of one method and route"),
    "failing_request.min_status": Threshold(400, 400, 599, "a status from here on is a failure"),
    "failing_request.window_ms": Threshold(60_000, 100, _HOUR, "failures closer are repeated"),
    "slow_page.lcp_ms": Threshold(4_000, 100, 600_000, "largest contentful paint above this"),
    "slow_page.ttfb_ms": Threshold(1_800, 100, 600_000, "time to first byte above this"),
    "slow_interaction.inp_ms": Threshold(500, 50, 600_000, "interaction to next paint above this"),
    "slow_interaction.click_ms": Threshold(3_000, 100, 600_000, "answer to a click after this"),
    "slow_interaction.join_ms": Threshold(120_000, 0, _HOUR, "closer than this: one episode"),
    "form_reentry.min_visits": Threshold(3, 2, 100, "edited visits to one field"),
    "form_reentry.window_ms": Threshold(120_000, 1_000, _HOUR, "visits closer than this count"),
    "validation_loop.min_rounds": Threshold(2, 2, 100, "rounds of refusal without success"),
    "validation_loop.window_ms": Threshold(180_000, 1_000, _HOUR, "rounds closer than this count"),
    "form_hesitation.pause_ms": Threshold(10_000, 1_000, _HOUR, "longest pause inside a field"),
    "form_hesitation.min_fields": Threshold(2, 1, 100, "visits with such a pause"),
    "form_hesitation.window_ms": Threshold(300_000, 1_000, _HOUR, "visits closer than this count"),
    "form_abandonment.min_dwell_ms": Threshold(5_000, 0, _HOUR, "time spent in the form's fields"),
    "form_abandonment.min_fields": Threshold(1, 1, 100, "fields edited before leaving"),
    "u_turn.max_dwell_ms": Threshold(7_000, 500, 600_000, "stay on the page turned back from"),
    "u_turn.min_count": Threshold(1, 1, 100, "turns back from the same page"),
    "u_turn.window_ms": Threshold(120_000, 1_000, _HOUR, "turns closer than this count"),
    "page_loop.min_visits": Threshold(3, 2, 100, "visits to one page of the loop"),
    "page_loop.max_pages": Threshold(3, 2, 8, "different pages in the loop"),
    "page_loop.window_ms": Threshold(60_000, 1_000, _HOUR, "window of the visits"),
    "refresh_loop.min_reloads": Threshold(3, 2, 100, "reloads of one page"),
    "refresh_loop.window_ms": Threshold(60_000, 1_000, _HOUR, "reloads closer than this count"),
    "search_struggle.min_zero": Threshold(2, 1, 100, "searches that found nothing"),
    "search_struggle.min_repeats": Threshold(3, 2, 100, "searches for nearly the same"),
    "search_struggle.window_ms": Threshold(
        180_000, 1_000, _HOUR, "searches closer than this count"
    ),
    "search_struggle.likeness": Threshold(0.5, 0.05, 1, "likeness of two searches"),
    "repeated_question.min_times": Threshold(2, 2, 100, "times nearly the same was asked"),
    "repeated_question.likeness": Threshold(0.6, 0.05, 1, "likeness of two questions"),
    "repeated_question.window_ms": Threshold(900_000, 1_000, _HOUR, "questions closer than this"),
    "help_visit.after_ms": Threshold(120_000, 1_000, _HOUR, "struggle at most this long before"),
    "stalled_step.after_ms": Threshold(180_000, 1_000, _HOUR, "active time on one step"),
    "stalled_step.idle_ms": Threshold(15_000, 500, 600_000, "a longer gap counts as this much"),
    "thrashed_cursor.min_score": Threshold(0.65, 0, 1, "score of one window of movement"),
    "thrashed_cursor.min_windows": Threshold(1, 1, 100, "such windows"),
    "thrashed_cursor.window_ms": Threshold(30_000, 1_000, _HOUR, "windows closer than this count"),
}

KINDS: tuple[str, ...] = tuple(dict.fromkeys(name.partition(".")[0] for name in THRESHOLDS))

SWITCHES = ("off_pages", "off_elements", "help_pages", "flows")

HELP_PAGES: tuple[str, ...] = ("/help*", "/support*", "/docs*", "/faq*", "*/help", "*/help/*")

MAX_PATTERNS = 200
MAX_FLOWS = 50
MAX_STEPS = 50


class Step(Struct, frozen=True):
    """One step of a flow: reached by showing a page (a pattern with `*`) or by a track name."""

    page: str = ""
    track: str = ""
    stall_ms: int = 0
    """Active time after which this step counts as stalled; 0: `stalled_step.after_ms`."""


class Flow(Struct, frozen=True):
    """A path through the product that the workspace defined. Its steps are counted from 0."""

    name: str
    steps: tuple[Step, ...]
    pages: tuple[tuple[int, re.Pattern[str]], ...]
    """The step that each page pattern reaches."""
    tracks: dict[str, int]
    """The step that each track name reaches."""


class FrictionSettings:
    """Thresholds and switches of one workspace; immutable once built."""

    __slots__ = ("_off_elements", "_off_pages", "_values", "flows", "help_pages", "off_kinds")

    def __init__(self) -> None:
        self._values = _DEFAULTS
        self._off_pages: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = ()
        self._off_elements: dict[str, frozenset[str]] = {}
        self.off_kinds: frozenset[str] = frozenset()
        self.flows: tuple[Flow, ...] = ()
        self.help_pages = _HELP

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "FrictionSettings":
        """Builds settings from `{"rage.min_clicks": 4, "dead.off": true, "off_pages": …}`.

        Keys: a name of `THRESHOLDS` (number), `<kind>.off` (bool), `off_pages` and `off_elements`
        (pattern or element id to a list of kinds, or "all"), `help_pages` (patterns) and `flows`
        (`[{"name", "steps": [{"page" | "track", "stall_ms"}]}]`).

        Raises ValueError naming the key for anything unknown, of a wrong type or out of range.
        """
        settings = cls()
        if values:
            settings._values = dict(_DEFAULTS)
        for name, value in values.items():
            settings._take(name, value)
        return settings

    @staticmethod
    def refuse_unknown(name: str) -> None:
        """Raises ValueError if `name` is not a setting."""
        kind, _, rest = name.partition(".")
        if (
            name not in THRESHOLDS
            and name not in SWITCHES
            and not (rest == "off" and kind in KINDS)
        ):
            raise ValueError(f"{name}: no such friction setting")

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def silences(self, *, kind: str, page: str, element_id: str) -> bool:
        """Tells whether the workspace switched `kind` off on this page or element."""
        if not self._off_elements and not self._off_pages:
            return False
        if kind in self._off_elements.get(element_id, ()):
            return True
        return any(kind in kinds and pattern.match(page) for pattern, kinds in self._off_pages)

    def _take(self, name: str, value: object) -> None:
        kind, _, rest = name.partition(".")
        if name in THRESHOLDS:
            self._values[name] = _number(name, value)
        elif rest == "off" and kind in KINDS:
            if not isinstance(value, bool):
                raise ValueError(f"{name}: expected true or false, got {value!r}")
            if value:
                self.off_kinds = self.off_kinds | {kind}
        elif name == "off_pages":
            self._off_pages = tuple(
                (re.compile(fnmatch.translate(page)), kinds)
                for page, kinds in _kinds_by(name, value).items()
            )
        elif name == "off_elements":
            self._off_elements = _kinds_by(name, value)
        elif name == "help_pages":
            self.help_pages = compile_patterns(_strings(name, value))
        elif name == "flows":
            self.flows = _flows(value)
        else:
            raise ValueError(f"{name}: no such friction setting")


def compile_patterns(patterns: Sequence[str]) -> re.Pattern[str]:
    """Returns one regular expression for many patterns with `*`; for none it matches nothing."""
    return re.compile("|".join(map(fnmatch.translate, patterns)) or r"(?!)")


_DEFAULTS: dict[str, float] = {name: threshold.default for name, threshold in THRESHOLDS.items()}
_HELP = compile_patterns(HELP_PAGES)


def _number(name: str, value: object) -> float:
    limits = THRESHOLDS[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name}: expected a number, got {value!r}")
    if not limits.low <= value <= limits.high:
        raise ValueError(f"{name}: {value} is not between {limits.low:g} and {limits.high:g}")
    return value


def _strings(name: str, value: object) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{name}: expected a list of texts")
    if len(value) > MAX_PATTERNS:
        raise ValueError(f"{name}: more than {MAX_PATTERNS} entries")
    return [str(one)[:512] for one in value]


def _kinds_by(name: str, value: object) -> dict[str, frozenset[str]]:
    if not isinstance(value, dict) or len(value) > MAX_PATTERNS:
        raise ValueError(f"{name}: expected at most {MAX_PATTERNS} names, each with its kinds")
    found = {}
    for subject, kinds in value.items():
        if kinds in ("all", ["all"]):
            found[str(subject)[:512]] = frozenset(KINDS)
            continue
        wanted = frozenset(_strings(f"{name}.{subject}", kinds))
        if unknown := wanted - set(KINDS):
            raise ValueError(f"{name}.{subject}: no such kind: {', '.join(sorted(unknown))}")
        found[str(subject)[:512]] = wanted
    return found


def _flows(value: object) -> tuple[Flow, ...]:
    if not isinstance(value, list | tuple) or len(value) > MAX_FLOWS:
        raise ValueError(f"flows: expected a list of at most {MAX_FLOWS}")
    flows = tuple(_flow(f"flows[{index}]", one) for index, one in enumerate(value))
    if len({flow.name for flow in flows}) < len(flows):
        raise ValueError("flows: two have the same name")
    return flows


def _flow(where: str, value: object) -> Flow:
    if not isinstance(value, dict) or value.keys() != {"name", "steps"}:
        raise ValueError(f"{where}: expected name and steps")
    name, steps = value["name"], value["steps"]
    if not isinstance(name, str) or not 0 < len(name) <= 60:
        raise ValueError(f"{where}.name: expected a text of 1 to 60 characters")
    if not isinstance(steps, list | tuple) or not 2 <= len(steps) <= MAX_STEPS:
        raise ValueError(f"{where}.steps: expected a list of 2 to {MAX_STEPS} steps")
    read = tuple(_step(f"{where}.steps[{index}]", one) for index, one in enumerate(steps))
    return Flow(
        name=name,
        steps=read,
        pages=tuple(
            (index, compile_patterns([step.page])) for index, step in enumerate(read) if step.page
        ),
        tracks={step.track: index for index, step in enumerate(read) if step.track},
    )


def _step(where: str, value: object) -> Step:
    if not isinstance(value, dict) or not value.keys() <= {"page", "track", "stall_ms"}:
        raise ValueError(f"{where}: expected page or track, and stall_ms at most")
    page, track, stall = value.get("page", ""), value.get("track", ""), value.get("stall_ms", 0)
    if not isinstance(page, str) or not isinstance(track, str) or bool(page) == bool(track):
        raise ValueError(f"{where}: expected either a page or a track")
    if isinstance(stall, bool) or not isinstance(stall, int) or not 0 <= stall <= _HOUR:
        raise ValueError(f"{where}.stall_ms: expected milliseconds up to an hour")
    return Step(page=page, track=track, stall_ms=stall)
