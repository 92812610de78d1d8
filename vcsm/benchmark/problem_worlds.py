"""Worlds with planted causes: dependent, seasonal, sparse, over-dispersed streams of friction.

Each element of a page has one to three kinds of friction that come together in the same sessions.
Pages, weekdays and hours differ; every page and the whole fleet have better and worse days. Causes
are planted into this: a broken element, a page, a component on many pages, everything at once, or
one account in trouble.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from vcsm.problems.detect import HOUR_STEPS, STEP_MINUTES
from vcsm.problems.scope import ACCOUNT, FLEET, PRODUCT

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS_AN_HOUR = HOUR_STEPS
STEPS_A_DAY = 24 * STEPS_AN_HOUR
ACCOUNTS = 400
KINDS = 3
NAMES = 80
DWELL_STEPS = 5 / STEP_MINUTES
"""Mean number of steps from seeing a page to being hit there."""
WELL_USED = 60.0
"""Sessions an hour from which a page is as likely to break as any busier one."""
CAUSES_PER_STREAM_WEEK = 1 / 150
ASKED_SIZE = 20.0
"""Affected sessions an hour, at first, of every fourth cause: the size the requirement names."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What was planted. Times are steps; `size` is affected sessions an hour over all streams."""

    what: str
    scope: str
    account: int
    streams: tuple[int, ...]
    begins: int
    ends: int
    size: float
    at_release: bool


@dataclass(slots=True)
class Streams:
    """Fixed facts, as arrays of shape (streams,); `kinds_of` lists the streams of each element."""

    page: Ints
    element: Ints
    name: Ints
    """Elements with the same name are one component, whatever page they stand on."""
    rate: Floats
    kinds_of: list[list[int]] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """Hits are parallel arrays sorted by step; `seen` has shape (steps, pages)."""

    steps: int
    streams: Streams
    seen: NDArray[np.int32]
    hit_step: Ints
    hit_stream: Ints
    hit_session: Ints
    hit_account: Ints
    causes: list[Cause]
    releases: list[int]


def make_world(draw: Generator, *, streams: int, weeks: int, learning: int) -> World:
    """Makes a world of `weeks`; the first `learning` weeks hold no cause."""
    steps = weeks * 7 * STEPS_A_DAY
    facts = _make_streams(draw, streams)
    season = _season(steps)
    pages = int(facts.page.max()) + 1
    size = draw.lognormal(np.log(25), 1.2, pages) / STEPS_AN_HOUR
    wobble = draw.gamma(20, 1 / 20, (steps // STEPS_AN_HOUR, pages)).repeat(STEPS_AN_HOUR, axis=0)
    seen = draw.poisson(season[:, None] * size * wobble).astype(np.int32)
    releases = _releases(draw, steps)
    popularity = np.clip(draw.pareto(1.3, ACCOUNTS) + 0.2, 0, 20)
    popularity /= popularity.sum()
    parts = [_usual_hits(draw, facts, seen, popularity)]
    causes = []
    number = max(1, draw.poisson(streams * (weeks - learning) * CAUSES_PER_STREAM_WEEK))
    for index in range(number):
        cause = _plan(draw, facts, seen, releases, popularity, learning)
        causes.append(cause)
        parts.append(_cause_hits(draw, facts, seen, cause, popularity, session=index + 1))
    step, stream, session, account = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(step, kind="stable")
    return World(
        steps, facts, seen, step[order], stream[order], session[order], account[order], causes,
        releases,
    )  # fmt: skip


def _make_streams(draw: Generator, number: int) -> Streams:
    page: list[int] = []
    element: list[int] = []
    name: list[int] = []
    rate: list[float] = []
    kinds_of: list[list[int]] = []
    elements = 0
    while len(page) < number:
        on_page = int(elements // 6)
        base = min(draw.lognormal(np.log(0.004), 1.1), 0.2)
        called = int(draw.integers(0, NAMES))
        family = []
        for which in range(min(1 + draw.binomial(KINDS - 1, 0.4), number - len(page))):
            family.append(len(page))
            page.append(on_page)
            element.append(elements)
            name.append(called)
            rate.append(base * (1.0 if which == 0 else draw.uniform(0.2, 0.7)))
        kinds_of.append(family)
        elements += 1
    return Streams(np.array(page), np.array(element), np.array(name), np.array(rate), kinds_of)


def _season(steps: int) -> Floats:
    """Returns traffic by hour and weekday, mean about 1, shape (steps,)."""
    hour = np.arange(steps) / STEPS_AN_HOUR
    by_day = np.where(hour // 24 % 7 < 5, 1.2, 0.45)
    return np.asarray(by_day * np.clip(1.1 - 1.2 * np.cos(2 * np.pi * (hour - 3) / 24), 0.08, None))


def _releases(draw: Generator, steps: int) -> list[int]:
    """Draws the steps of about two releases a week, in working hours."""
    days = [day for day in range(steps // STEPS_A_DAY) if day % 7 < 5 and draw.random() < 0.4]
    return [int((day * 24 + draw.uniform(8, 17)) * STEPS_AN_HOUR) for day in days]


def _usual_hits(
    draw: Generator, facts: Streams, seen: NDArray[np.int32], popularity: Floats
) -> tuple[Ints, Ints, Ints, Ints]:
    """Draws hits with nothing wrong: better and worse days and hours, kinds that come together."""
    hourly = seen.reshape(-1, STEPS_AN_HOUR, seen.shape[1]).sum(axis=1)
    days = len(hourly) // 24
    hours = np.arange(len(hourly))
    own = np.array([facts.rate[family[0]] for family in facts.kinds_of])
    page = np.array([facts.page[family[0]] for family in facts.kinds_of])
    amplitude = draw.uniform(0.0, 0.35, seen.shape[1])
    tired = 1 + amplitude * np.cos(2 * np.pi * (hours[:, None] - 1) / 24)
    frailty = draw.gamma(20, 1 / 20, (days, len(own)))
    shared = draw.gamma(40, 1 / 40, (days, seen.shape[1])) * draw.gamma(60, 1 / 60, (days, 1))
    expected = (hourly * tired)[:, page] * own * (frailty * shared[:, page]).repeat(24, axis=0)
    hour, which = np.nonzero(counts := draw.poisson(expected))
    repeats = counts[hour, which]
    hour, which = hour.repeat(repeats), which.repeat(repeats)
    step = _when(draw, seen, hour, page[which])
    session = -1 - np.arange(len(hour))
    account = draw.choice(ACCOUNTS, len(hour), p=popularity)
    # A colleague may be hit as well: the same account in the same minutes.
    again = draw.random(len(hour)) < 0.05
    step, which = np.append(step, step[again]), np.append(which, which[again])
    session = np.append(session, session[again] - len(hour))
    account = np.append(account, account[again])
    return _spread_over_kinds(draw, facts, step, which, session, account)


def _when(draw: Generator, seen: NDArray[np.int32], hour: Ints, page: Ints) -> Ints:
    """Draws the steps of hits: some minutes after a session of that hour saw the page."""
    so_far = np.vstack([np.zeros((1, seen.shape[1]), dtype=np.int64), seen.cumsum(axis=0)])
    step = np.empty(len(hour), dtype=np.int64)
    for one in range(seen.shape[1]):
        mine = np.flatnonzero(page == one)
        first = so_far[hour[mine] * STEPS_AN_HOUR, one]
        last = so_far[(hour[mine] + 1) * STEPS_AN_HOUR, one]
        which = first + draw.random(len(mine)) * (last - first)
        step[mine] = np.searchsorted(so_far[:, one], which, side="right") - 1
    later = draw.exponential(DWELL_STEPS, len(step)).astype(np.int64)
    return np.asarray(np.minimum(step + later, len(seen) - 1))


def _spread_over_kinds(
    draw: Generator, facts: Streams, step: Ints, which: Ints, session: Ints, account: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    first = np.array([family[0] for family in facts.kinds_of])
    size = np.array([len(family) for family in facts.kinds_of])
    columns = [(step, first[which], session, account)]
    for number in range(1, KINDS):
        stream = np.minimum(first[which] + number, len(facts.rate) - 1)
        chance = facts.rate[stream] / facts.rate[first[which]]
        taken = (size[which] > number) & (draw.random(len(which)) < chance)
        columns.append((step[taken], stream[taken], session[taken], account[taken]))
    step, stream, session, account = (np.concatenate(one) for one in zip(*columns, strict=True))
    return step, stream, session, account


def _plan(
    draw: Generator, facts: Streams, seen: NDArray[np.int32], releases: list[int],
    popularity: Floats, learning: int,
) -> Cause:  # fmt: skip
    what = draw.choice(
        ["element", "page", "component", "everything", "account"], p=[0.5, 0.15, 0.1, 0.02, 0.23]
    )
    later = [one for one in releases if one > learning * 7 * STEPS_A_DAY]
    at_release = bool(later) and (what == "component" or draw.random() < 0.4)
    if at_release:
        begins = int(draw.choice(later)) + int(draw.integers(2, 10)) // STEP_MINUTES
    else:
        # Things break where and when they are used.
        traffic = seen[learning * 7 * STEPS_A_DAY :].sum(axis=1).astype(np.float64)
        begins = learning * 7 * STEPS_A_DAY + int(
            draw.choice(len(traffic), p=traffic / traffic.sum())
        )
    size = ASKED_SIZE if draw.random() < 0.25 else float(draw.lognormal(np.log(15), 0.9))
    hours = float(np.clip(draw.lognormal(np.log(16), 0.8), 2, 96))
    ends = min(len(seen) - 1, begins + int(hours * STEPS_AN_HOUR))
    busy = seen[max(0, begins - 60) : begins + 60].mean(axis=0) * STEPS_AN_HOUR
    chosen = _choose(draw, facts, str(what), busy)
    if what != "everything":
        # At most half of the sessions that come by: a cause cannot hit those that are not there.
        size = min(size, busy[np.unique(facts.page[list(chosen)])].sum() / 2)
    account = int(draw.choice(ACCOUNTS, p=popularity)) if what == "account" else -1
    scope = {"account": ACCOUNT, "everything": FLEET}.get(str(what), PRODUCT)
    return Cause(str(what), scope, account, chosen, begins, ends, size, at_release)


def _choose(draw: Generator, facts: Streams, what: str, busy: Floats) -> tuple[int, ...]:
    """Chooses the elements a cause hits, on pages in use, and the kinds it shows as at each."""
    if what == "everything":
        return tuple(range(len(facts.page)))
    elements = np.array([facts.page[family[0]] for family in facts.kinds_of])
    used = np.minimum(busy[elements], WELL_USED)
    first = int(draw.choice(len(used), p=used / used.sum()))
    if what == "element":
        struck = [first]
    elif what == "page":
        there = np.flatnonzero(elements == elements[first])
        struck = list(draw.permutation(there)[: 2 + draw.integers(0, 5)])
    elif what == "component":
        names = np.array([facts.name[family[0]] for family in facts.kinds_of])
        struck = [int(one) for one in np.flatnonzero(names == names[first])[:6]]
    else:
        others = draw.choice(len(used), int(draw.integers(0, 3)), p=used / used.sum())
        struck = sorted({first, *(int(one) for one in others)})
    streams: list[int] = []
    for element in struck:
        family = facts.kinds_of[element]
        streams += [family[0], *(one for one in family[1:] if draw.random() < 0.7)]
    return tuple(streams)


def _cause_hits(
    draw: Generator, facts: Streams, seen: NDArray[np.int32], cause: Cause, popularity: Floats,
    session: int,
) -> tuple[Ints, Ints, Ints, Ints]:  # fmt: skip
    steps = np.arange(cause.begins, cause.ends)
    if cause.what == "everything":
        # Twice to four times the usual, everywhere.
        lift = 1 + draw.uniform(1, 3)
        mean = seen[steps][:, facts.page] * facts.rate * (lift - 1)
        step, stream = np.nonzero(draw.poisson(mean))
        number = len(step)
        return (
            step + cause.begins, stream, session * 10**7 + np.arange(number),
            draw.choice(ACCOUNTS, number, p=popularity),
        )  # fmt: skip
    struck = sorted({int(facts.element[one]) for one in cause.streams})
    pages = np.array([facts.page[facts.kinds_of[element][0]] for element in struck])
    traffic = seen[steps][:, pages].sum(axis=1).astype(np.float64)
    level = max(traffic[:STEPS_AN_HOUR].mean(), 1e-9)
    chance = min(cause.size / STEPS_AN_HOUR / level, 0.9)
    steps = steps.repeat(draw.poisson(traffic * chance))
    number = len(steps)
    where = draw.integers(0, len(struck), number)
    accounts = (
        np.full(number, cause.account)
        if cause.account >= 0
        else draw.choice(ACCOUNTS, number, p=popularity)
    )
    sessions = session * 10**7 + np.arange(number)
    columns = []
    for index, element in enumerate(struck):
        for place, one in enumerate(facts.kinds_of[element]):
            if one in cause.streams:
                shown = (where == index) & (draw.random(number) < (1.0 if place == 0 else 0.5))
                columns.append(
                    (steps[shown], np.full(shown.sum(), one), sessions[shown], accounts[shown])
                )
    step, stream, session_ids, account_ids = (
        np.concatenate(one) for one in zip(*columns, strict=True)
    )
    return step, stream, session_ids, account_ids
