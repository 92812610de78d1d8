"""Streams of arbitrary events, for property tests."""

import random

from hypothesis import strategies as st

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import (
    Burst,
    Click,
    Cursor,
    Element,
    Error,
    Event,
    Input,
    Page,
    Question,
    Request,
    Search,
    Track,
    Verdict,
    Visibility,
    Vital,
)

PAGES = ["", "/a", "/b", "/help", "/order/:id", "/reports/new"]
TIMES = st.one_of(
    st.integers(1_700_000_000_000, 1_700_000_090_000), st.sampled_from([0, 4_102_444_800_000])
)
ELEMENTS = st.builds(
    Element, id=st.sampled_from(["x", "y", "z"]), ignore=st.sampled_from(["", "", "rage", "all"])
)


def kinds() -> tuple[type[Event], ...]:
    """Returns every kind of event."""
    return (
        Page, Click, Verdict, Burst, Input, Error, Request, Vital, Cursor, Visibility, Track,
        Search, Question,
    )  # fmt: skip


COUNTS = st.one_of(st.integers(0, 9), st.just(1_000_000))
DURATIONS = st.one_of(st.floats(0, 86_400_000), st.sampled_from([0.0, 5e3, 2e4, 86_400_000.0]))
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "click": st.integers(0, 5),
    "burst": st.integers(0, 3),
    "element": ELEMENTS,
    "form": st.sampled_from(["", "f", "g"]),
    "message": st.sampled_from(["a", "b", "ResizeObserver loop x"]),
    "name": st.sampled_from(["published", "saved"]),
    "properties": st.just({}),
    "route": st.sampled_from(["/r", "/q"]),
    "status": st.sampled_from([0, 200, 404, 500]),
    "query": st.sampled_from(["", "invoice", "invoices", "lamp"]),
    "text": st.sampled_from(["", "how do I export", "how can I export it"]),
    "path": st.floats(0, 10_000_000),
    "box": st.floats(0, 100_000),
} | {
    **dict.fromkeys(["clicks", "answered", "edits", "deletions", "line", "turns"], COUNTS),
    **dict.fromkeys(["after", "span", "dwell", "hesitation", "took", "value"], DURATIONS),
}
"""Values that the wire would let through, few enough to coincide often."""


def _event(kind: type[Event]) -> st.SearchStrategy[Event]:
    given = {name: FIELDS[name] for name in kind.__struct_fields__ if name in FIELDS}
    if kind in (Error, Request):
        given["click"] = st.one_of(st.none(), FIELDS["click"])
    return st.builds(kind, at=TIMES, page=st.sampled_from(PAGES), **given)


EVENTS: st.SearchStrategy[list[AnyEvent]] = st.lists(
    st.one_of(*[_event(kind) for kind in kinds()]), max_size=60
)


def flood(seed: int, count: int) -> list[AnyEvent]:
    """Returns `count` hostile events: ever new names, numbers that repeat, clocks that jump."""
    dice = random.Random(seed)
    return [_hostile(dice, number) for number in range(count)]


def _hostile(dice: random.Random, n: int) -> AnyEvent:
    at = dice.choice([1_700_000_000_000 + n * 400, dice.randrange(4_102_444_800_000)])
    page = dice.choice([f"/{n}" * 40, f"/{n % 3}", f"/help/{n}"])
    element = Element(id=dice.choice([f"e{n}", f"e{n % 5}"]), name="n" * 120)
    click = dice.choice([n, n % 7])
    makers = (
        lambda: Click(at=at, page=page, click=click, element=element),
        lambda: Verdict(
            at=at, page=page, click=click, element=element, after=9e3,
            verdict=dice.choice(["dead", "slow", "error", "answered", "disabled", "dead_swipe"]),
        ),
        lambda: Burst(
            at=at, page=page, burst=click, element=element, clicks=n % 50,
            verdict=dice.choice(["rage", "rage", "repeat_use"]),
        ),
        lambda: Input(
            at=at, page=page, element=element, form=dice.choice(["f", f"f{n}"]), edits=5,
            deletions=4, dwell=9e3, hesitation=2e4, how=dice.choice(["leave", "invalid", "submit"]),
        ),
        lambda: Page(at=at, page=page, how=dice.choice(["load", "reload", "push", "back"])),
        lambda: Error(at=at, page=page, message=f"{n}" * 300, click=click),
        lambda: Request(at=at, page=page, method="GET", route=page, status=500, click=click),
        lambda: Vital(at=at, page=page, metric=dice.choice(["LCP", "INP"]), value=9e3 + n),
        lambda: Cursor(at=at, page=page, span=1000, path=3000, turns=12, box=100),
        lambda: Search(at=at, page=page, query=f"{n} {n * n}", results=0),
        lambda: Question(at=at, page=page, text=f"{n} {n * n} " * 90),
        lambda: Track(at=at, page=page, name=f"t{n}"),
        lambda: Visibility(at=at, page=page, state="hidden"),
    )  # fmt: skip
    return dice.choice(makers)()
