"""Workspaces of known truth: what their cases look like, who needs a human, what that is worth."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import expit

from vcsm.escalation.probability import WRITTEN

Floats = NDArray[np.float64]

NAMES = list(WRITTEN)
STRAY = 1.2
"""How far a world's true weights lie from the written ones, in their written deviations."""


@dataclass(frozen=True, slots=True)
class Cases:
    """One array entry per case, in order of arrival; `at` is the share of the day gone by."""

    rows: Floats
    """Features in the order of `WRITTEN`, shape (cases, features)."""
    at: Floats
    revenue: Floats
    """Annual revenue; NaN where it is not known."""
    minutes: Floats
    chance: Floats
    """True probability that a human is needed."""


@dataclass(frozen=True, slots=True)
class World:
    weights: Floats
    cases_a_day: float
    minutes_a_day: float
    always_a_day: float
    """Cases a day that must reach a human whatever it costs."""


def make_world(draw: Generator) -> World:
    means, spreads = np.array(list(WRITTEN.values())).T
    return World(
        weights=means + STRAY * spreads * draw.standard_normal(len(means)),
        cases_a_day=draw.uniform(40, 90),
        minutes_a_day=draw.uniform(60, 150),
        always_a_day=draw.uniform(0.5, 3),
    )


def draw_day(world: World, draw: Generator) -> Cases:
    number = max(1, draw.poisson(world.cases_a_day))
    rows = draw_rows(number, draw)
    known = draw.random(number) < 0.9
    return Cases(
        rows=rows,
        at=np.sort(draw.random(number)),
        revenue=np.where(known, draw.lognormal(np.log(12_000), 1.2, number), np.nan),
        minutes=np.clip(draw.lognormal(np.log(8), 0.5, number), 2, 45),
        chance=expit(rows @ world.weights),
    )


def draw_rows(number: int, draw: Generator) -> Floats:
    """Draws features of cases that struggled on after help was shown, and of milder ones."""
    share = {
        "failed help": 0.6,
        "dismissed help": 0.2,
        "no article fits": 0.25,
        "unanswered before": 0.1,
        "asked intent": 0.4,
        "renewal near": 0.12,
        "onboarding": 0.2,
    }
    rows = np.zeros((number, len(NAMES)))
    rows[:, NAMES.index("always")] = 1.0
    rows[:, NAMES.index("struggle")] = draw.beta(2.5, 2, number)
    rows[:, NAMES.index("repetition")] = np.log1p(draw.poisson(3, number)) / 2
    for name, chance in share.items():
        rows[:, NAMES.index(name)] = draw.random(number) < chance
    wrote = draw.random(number) < 0.3
    rows[:, NAMES.index("negative tone")] = wrote * draw.beta(1.5, 2, number)
    rows[:, NAMES.index("tone worse than usual")] = wrote * draw.beta(1, 3, number)
    rows[:, NAMES.index("account's history")] = draw.uniform(-0.7, 0.7, number) * (
        draw.random(number) < 0.4
    )
    return rows


def points_of(rows: Floats, revenue: Floats | None = None) -> Floats:
    """Returns a score of the usual hand-set kind: points for each sign, and for large accounts."""
    given = {
        "failed help": 2.0,
        "dismissed help": 1.0,
        "no article fits": 1.0,
        "unanswered before": 2.0,
        "asked intent": 1.0,
        "renewal near": 2.0,
        "onboarding": 1.0,
    }
    struggle = rows[..., NAMES.index("struggle")]
    points = 2.0 * (struggle >= 0.5) + 2.0 * (struggle >= 0.8)
    points = points + 1.0 * (rows[..., NAMES.index("repetition")] >= np.log1p(4) / 2)
    for name, value in given.items():
        points = points + value * rows[..., NAMES.index(name)]
    if revenue is not None:
        known = np.nan_to_num(revenue)
        points = points + 2.0 * (known >= 20_000) + 2.0 * (known >= 60_000)
    return np.asarray(points, np.float64)
