"""How many events a second one core judges, with every detector on and a flow defined."""

import random
import time
from typing import Literal

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import (
    Burst,
    Click,
    Cursor,
    Element,
    Error,
    Input,
    Page,
    Request,
    Search,
    Track,
    Verdict,
    Visibility,
    Vital,
)
from vcsm.friction.session import DETECTORS, SessionFriction
from vcsm.friction.thresholds import FrictionSettings

MIX = {
    "click": 40, "input": 18, "page": 12, "track": 8, "vital": 7, "visibility": 5, "request": 3,
    "verdict": 2.5, "cursor": 1.5, "search": 1.5, "burst": 1, "error": 0.5,
}  # fmt: skip
"""Shares of event kinds, in percent: a working session of a web product with some friction."""

STEPS = [{"page": "/page/1"}, {"page": "/page/2*"}, {"track": "published"}]
SETTINGS = {"flows": [{"name": "first report", "steps": STEPS}]}

METRICS: tuple[Literal["LCP", "INP", "TTFB", "CLS"], ...] = ("LCP", "INP", "TTFB", "CLS")
BURSTS: tuple[Literal["rage", "repeat_use"], ...] = ("rage", "repeat_use")
VERDICTS: tuple[Literal["dead", "slow", "answered", "error", "disabled"], ...] = (
    "dead", "slow", "answered", "error", "disabled",
)  # fmt: skip


def run(*, sessions: int = 200, events: int = 500, seed: int = 1) -> dict[str, object]:
    """Feeds `sessions` × `events` generated events and returns the rate per second of CPU time."""
    dice = random.Random(seed)
    recorded = [make_session(dice, events) for _ in range(sessions)]
    settings = FrictionSettings.from_dict(SETTINGS)
    found = 0
    started, cpu = time.perf_counter(), time.process_time()
    for session in recorded:
        friction = SessionFriction(settings)
        feed = friction.feed
        for position, event in enumerate(session):
            found += len(feed(event, sequence=1, position=position))
    cpu, took = time.process_time() - cpu, time.perf_counter() - started
    return {
        "events": sessions * events,
        "sessions": sessions,
        "detectors": len(DETECTORS),
        "mix_percent": MIX,
        "signals_told": found,
        "events_per_second_per_core": round(sessions * events / cpu),
        "microseconds_per_event": round(cpu / sessions / events * 1e6, 3),
        "wall_seconds": round(took, 3),
    }


def make_session(dice: random.Random, events: int) -> list[AnyEvent]:
    """Generates one session of `MIX`: some seconds between events, twelve controls, eight pages."""
    kinds = dice.choices(list(MIX), weights=list(MIX.values()), k=events)
    controls = [Element(id=f"control-{n}", name=f"Control {n}", role="button") for n in range(12)]
    at, page, click = 1_700_000_000_000, "/page/0", 0
    made: list[AnyEvent] = []
    for kind in kinds:
        at += int(dice.expovariate(1 / 2500))
        click += kind == "click"
        if kind == "page":
            page = f"/page/{dice.randrange(8)}"
        made.append(_make(kind, dice, dice.choice(controls), at=at, page=page, click=click))
    return made


def _make(
    kind: str, dice: random.Random, element: Element, *, at: int, page: str, click: int
) -> AnyEvent:
    match kind:
        case "click":
            return Click(at=at, page=page, click=click, element=element)
        case "input":
            edits, dwell = dice.randrange(20), dice.expovariate(1 / 4000)
            return Input(
                at=at, page=page, element=element, form="form", edits=edits, dwell=dwell,
                hesitation=dwell / 2, filled=edits > 3,
                how=dice.choice(["leave", "leave", "focus", "submit"]),
            )  # fmt: skip
        case "page":
            return Page(at=at, page=page, how=dice.choice(["load", "push", "push", "back"]))
        case "track":
            return Track(at=at, page=page, name=dice.choice(["saved", "opened", "published"]))
        case "vital":
            value = dice.expovariate(1 / 900)
            metric = dice.choice(METRICS)
            return Vital(at=at, page=page, metric=metric, value=value, element=element)
        case "visibility":
            return Visibility(at=at, page=page, state=dice.choice(["hidden", "visible"]))
        case "search":
            query = f"invoice {dice.randrange(50)}"
            return Search(at=at, page=page, query=query, results=dice.randrange(4))
    return _make_trouble(kind, dice, element, at=at, page=page, click=click)


def _make_trouble(
    kind: str, dice: random.Random, element: Element, *, at: int, page: str, click: int
) -> AnyEvent:
    match kind:
        case "request":
            status = dice.choice([200, 404, 500, 0])
            return Request(at=at, page=page, method="GET", route="/api/x", status=status)
        case "verdict":
            verdict = dice.choice(VERDICTS)
            return Verdict(
                at=at, page=page, click=click, element=element, verdict=verdict, after=3500
            )
        case "cursor":
            return Cursor(at=at, page=page, span=2000, path=1500, turns=9, box=300)
        case "burst":
            judged = dice.choice(BURSTS)
            return Burst(
                at=at, page=page, burst=click, element=element, verdict=judged, clicks=4, span=900
            )
    return Error(at=at, page=page, message="x is undefined", click=click)
