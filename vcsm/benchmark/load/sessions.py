"""What the load sends: sessions at work. About one event in a hundred reports friction."""

import random

import msgspec

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import (
    Burst,
    Click,
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

MIX = {
    "click": 45, "input": 21, "page": 13, "track": 8, "visibility": 5, "vital": 4, "request": 2,
    "search": 1, "verdict": 0.5, "burst": 0.3, "error": 0.2,
}  # fmt: skip
"""Shares of event kinds, in percent. All detectors see all of it."""
PAGES = 24
CONTROLS = [Element(id=f"control-{n}", name=f"Control {n}", role="button") for n in range(40)]
FIELDS = [Element(id=f"field-{n}", name=f"Field {n}", role="textbox") for n in range(20)]


def make_batches(*, seed: int, events: int, per_batch: int) -> list[bytes]:
    """Returns the `events` member of consecutive batches of one session, as JSON arrays."""
    session = make_work(random.Random(seed), events)
    encode = msgspec.json.Encoder().encode
    return [
        encode(session[start : start + per_batch])
        for start in range(0, len(session) - per_batch + 1, per_batch)
    ]


def make_work(dice: random.Random, events: int) -> list[AnyEvent]:
    """Makes one session that mostly succeeds: forms are sent, requests answered, pages quick."""
    kinds = dice.choices(list(MIX), weights=list(MIX.values()), k=events)
    at, page, made = 1_700_000_000_000, 0, list[AnyEvent]()
    for number, kind in enumerate(kinds):
        at += int(dice.expovariate(1 / 2500))
        if kind == "page":
            page = (page + 1) % PAGES
        made.append(_make(kind, dice, at=at, page=f"/page/{page}", click=number))
    return made


def _make(kind: str, dice: random.Random, *, at: int, page: str, click: int) -> AnyEvent:
    control = dice.choice(CONTROLS)
    match kind:
        case "click":
            return Click(at=at, page=page, click=click, element=control, x=click % 1280, y=400)
        case "input":
            return Input(
                at=at, page=page, element=FIELDS[click % len(FIELDS)], form=page, edits=4,
                dwell=1800, hesitation=300, filled=True, how=dice.choice(["leave", "submit"]),
            )  # fmt: skip
        case "page":
            return Page(at=at, page=page, how="push", title=f"Page {page}")
        case "track":
            return Track(at=at, page=page, name=dice.choice(["saved", "opened", "published"]))
        case "visibility":
            return Visibility(at=at, page=page, state=dice.choice(["hidden", "visible"]))
        case "vital":
            return Vital(at=at, page=page, metric="INP", value=dice.expovariate(1 / 60))
        case "request":
            status = 200 if dice.random() < 0.97 else 500
            return Request(at=at, page=page, method="GET", route="/api/orders", status=status)
        case "search":
            return Search(at=at, page=page, query=f"invoice {click}", results=dice.randrange(9))
        case "verdict":
            return Verdict(at=at, page=page, click=click, element=control, verdict="dead")
        case "burst":
            return Burst(
                at=at, page=page, burst=click, element=control, verdict="rage", clicks=4, span=900
            )
    return Error(at=at, page=page, message="x is undefined", click=click)
