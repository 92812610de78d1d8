"""A day of cases under a budget of minutes: the product's decisions, simple rules, and the best.

All are judged by the planted chances, and all pay for the same always-human cases first.
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from vcsm.benchmark.decision_worlds import (
    NAMES,
    Cases,
    Floats,
    World,
    draw_day,
    points_of,
)
from vcsm.escalation.budget import Demand, price_of_minute, remember, reserve
from vcsm.escalation.decide import GOES_ON, Facts, SignalFact, decide
from vcsm.escalation.probability import Judged, Model, believe, chances, learn
from vcsm.escalation.worth import Stakes, value_of_help

HISTORY_DAYS = 15
VERDICTS_A_DAY = 8
DAILY_CAP = 5
ALWAYS_MINUTES = 8.0
SIGNAL = SignalFact(id="s", kind="rage", severity=1.0, count=3, element="e", page="/")


@dataclass(frozen=True, slots=True)
class Day:
    """Value brought by each way of deciding, and the seconds of each of the product's decisions."""

    product: float
    optimum: float
    daily_cap: float
    points: float
    seconds: list[float]


@dataclass(frozen=True, slots=True)
class Learned:
    """What a workspace knows when the day begins."""

    model: Model
    demand: Demand
    points_from: float
    """The points from which the minutes of past days would just have sufficed."""
    capped_from: float
    """The points from which past days would have brought `DAILY_CAP` cases each."""


def learn_history(world: World, draw: Generator) -> Learned:
    """Learns from verdicts on a few random cases of each past day, and from the values of all cases
    as then believed."""
    days = [draw_day(world, draw) for _ in range(HISTORY_DAYS)]
    judged = [
        Judged(dict(zip(NAMES, day.rows[index].tolist(), strict=True)), bool(needed))
        for day in days
        for index in draw.permutation(len(day.at))[:VERDICTS_A_DAY]
        for needed in [draw.random() < day.chance[index]]
    ]
    model = learn(judged)
    cases = [case for day in days for case in _valued(day, chances(model, day.rows))]
    points = np.concatenate([points_of(day.rows, day.revenue) for day in days])
    minutes = np.concatenate([day.minutes for day in days])
    room = HISTORY_DAYS * (world.minutes_a_day - world.always_a_day * ALWAYS_MINUTES)
    order = np.argsort(-points, kind="stable")
    last = int(np.searchsorted(np.cumsum(minutes[order]), room))
    enough, capped = (
        float(points[order][min(place, len(points) - 1)])
        for place in (last, HISTORY_DAYS * DAILY_CAP)
    )
    return Learned(model, remember(cases, days=HISTORY_DAYS), enough, capped)


def play_day(world: World, learned: Learned, draw: Generator) -> Day:
    """Lets each way of deciding play the same day."""
    day = draw_day(world, draw)
    always = np.sort(draw.random(draw.poisson(world.always_a_day)))
    worth = np.array(
        [_value(chance, day, index) for index, chance in enumerate(day.chance.tolist())]
    )
    points = points_of(day.rows, day.revenue)
    sent, seconds = _decide_all(world, learned, day, always)
    capped = np.flatnonzero(points >= learned.capped_from)[:DAILY_CAP]
    by_points = np.flatnonzero(points >= learned.points_from)
    return Day(
        product=float(worth[sent].sum()),
        optimum=_best(worth, day.minutes, world.minutes_a_day - len(always) * ALWAYS_MINUTES),
        daily_cap=float(worth[_affordable(capped, world, day, always)].sum()),
        points=float(worth[_affordable(by_points, world, day, always)].sum()),
        seconds=seconds,
    )


def _decide_all(
    world: World, learned: Learned, day: Cases, always: Floats
) -> tuple[list[int], list[float]]:
    sent, seconds, spent = [], [], 0.0
    for index, at in enumerate(day.at.tolist()):
        left = world.minutes_a_day - spent - float((always <= at).sum()) * ALWAYS_MINUTES
        started = time.perf_counter()
        kept = reserve(cases_a_day=world.always_a_day, minutes=ALWAYS_MINUTES, day_left=1 - at)
        price = price_of_minute(
            left=left - kept, a_day=world.minutes_a_day, day_left=1 - at, demand=learned.demand
        )
        decision = decide(_facts(learned.model, day, index, price))
        seconds.append(time.perf_counter() - started)
        if decision.action == "escalate" and day.minutes[index] <= left:
            sent.append(index)
            spent += day.minutes[index]
    return sent, seconds


def _facts(model: Model, day: Cases, index: int, price: float) -> Facts:
    features = dict(zip(NAMES, day.rows[index].tolist(), strict=True))
    revenue = float(day.revenue[index])
    return Facts(
        signals=(SIGNAL,),
        struggle=features["struggle"],
        help_shown=True,
        clicks_after_help=GOES_ON,
        annual_revenue=None if np.isnan(revenue) else revenue,
        belief=believe(model, features),
        stakes=Stakes(minutes=float(day.minutes[index])),
        price=price,
    )


def _valued(day: Cases, believed: Floats) -> list[tuple[float, float]]:
    return [
        (_value(chance, day, index), float(day.minutes[index]))
        for index, chance in enumerate(believed.tolist())
    ]


def _value(chance: float, day: Cases, index: int) -> float:
    revenue = float(day.revenue[index])
    return value_of_help(
        probability=chance,
        stakes=Stakes(minutes=float(day.minutes[index])),
        revenue=None if np.isnan(revenue) else revenue,
    )


def _affordable(
    wanted: NDArray[np.signedinteger], world: World, day: Cases, always: Floats
) -> list[int]:
    """Returns those of the wanted cases, in order of arrival, that there are still minutes for."""
    sent, spent = [], 0.0
    for index in wanted.tolist():
        gone = spent + float((always <= day.at[index]).sum()) * ALWAYS_MINUTES
        if gone + day.minutes[index] <= world.minutes_a_day:
            sent.append(index)
            spent += day.minutes[index]
    return sent


def _best(worth: Floats, minutes: Floats, room: float) -> float:
    """Returns the best value that knowing the whole day and the true chances allows. A fraction of
    the last case counts, so this is at least the knapsack's optimum."""
    total = 0.0
    for index in np.argsort(-worth / minutes):
        if worth[index] <= 0 or room <= 0:
            break
        share = min(1.0, room / minutes[index])
        total += share * worth[index]
        room -= minutes[index]
    return float(total)
