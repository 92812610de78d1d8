"""Estimates what share of those who needed a human reached one, by auditing a sample of the rest.

What was not sent gets no verdict, so recall cannot be read off verdicts (selective labels:
Lakkaraju 2017). Members look at a random sample of the "continue" decisions, and the estimate of
Horvitz & Thompson scales the needs found there up to all of them. The interval inverts an exact
test of two samples drawn without replacement (Chan & Zhang 1999). How many of those sent were in
need is the nuisance, held within limits of its own (Berger & Boos 1994).
"""

from bisect import bisect_left
from dataclasses import dataclass
from math import ceil, floor, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]

NUISANCE_PART = 0.05
"""Part of the error budget spent on the limits of the nuisance."""
NUISANCES = 9
"""How many values of the nuisance are tried."""
STEPS = 12
"""How often the range is halved: limits are exact to 1/4,096, rounded outwards."""
TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Sampled:
    """One kind of decision: how many there are, how many were judged at random, how many needed."""

    total: int
    judged: int
    needed: int


@dataclass(frozen=True, slots=True)
class Recall:
    """Share of those in need who reached a human, 0 to 1.

    `estimate` is None if nobody in need was found, or if no silent session was looked at.
    """

    estimate: float | None
    low: float
    high: float


def estimate_recall(*, sent: Sampled, silent: Sampled, confidence: float) -> Recall:
    """Estimates recall; the interval covers it with probability `confidence` at least.

    Takes milliseconds. Raises ValueError for impossible counts.
    """
    for sampled in (sent, silent):
        if not 0 <= sampled.needed <= sampled.judged <= sampled.total:
            raise ValueError(f"{sampled} cannot be: needed <= judged <= total.")
    level = (1 - confidence) / 2
    reached, missed = _expanded(sent), _expanded(silent)
    known = reached + missed > 0 and (silent.judged > 0 or silent.total == 0)
    low, high = _limit(sent, silent, level, above=True), _limit(sent, silent, level, above=False)
    estimate = reached / (reached + missed) if known else None
    if estimate is not None and sent.judged == sent.total and silent.judged == silent.total:
        return Recall(estimate, estimate, estimate)
    if estimate is not None:
        low, high = min(low, estimate), max(high, estimate)
    return Recall(estimate, low, high)


def _expanded(sampled: Sampled) -> float:
    """Estimates the total in need: each judged case stands for `total / judged` cases."""
    return sampled.needed * sampled.total / sampled.judged if sampled.judged else 0.0


def _limit(sent: Sampled, silent: Sampled, level: float, *, above: bool) -> float:
    """Returns the lower limit at `level` if `above`, else the upper one."""
    if above and sent.needed == 0:
        return 0.0
    if silent.needed == 0 and (not above or silent.judged == silent.total):
        return 1.0
    least, most = _needed(sent, level * NUISANCE_PART)
    totals = np.unique(np.linspace(least, most, NUISANCES).round().astype(np.int64)).tolist()
    drawn = [(total, *_drawn(sent, total)) for total in totals]
    inner, outer = (0.0, 1.0) if above else (1.0, 0.0)
    for _ in range(STEPS):
        middle = (inner + outer) / 2
        chance = _chance(sent, silent, drawn, middle, 1 if above else -1)
        if chance <= level * (1 - NUISANCE_PART):
            inner = middle
        else:
            outer = middle
    return inner


def _chance(
    sent: Sampled,
    silent: Sampled,
    drawn: list[tuple[int, Floats, Floats]],
    recall: float,
    side: int,
) -> float:
    """Returns the chance of samples that speak at least as loudly for more than `recall`.

    The true recall is taken to be no more than that; with `side` -1 instead of 1, "more" reads
    "less". `drawn`: per possible number of needs among those sent, what a sample may hold then,
    and with which chances.
    """
    least = silent.needed
    most = silent.total - silent.judged + silent.needed
    seen = side * _loudness(sent, silent, np.array(sent.needed), np.array(silent.needed), recall)
    worst = 0.0
    for total, reached, chances in drawn:
        # Takes the number missed, among those that agree, that makes such samples likeliest.
        rest = total * (1 - recall) / recall
        missed = max(ceil(rest - TINY), least) if side > 0 else min(floor(rest + TINY), most)
        if least <= missed <= most:
            found, others = _drawn(silent, missed)
            loud = side * _loudness(sent, silent, reached[:, None], found[None, :], recall)
            worst = max(worst, float(chances @ (loud >= seen - TINY) @ others))
    return worst


def _loudness(
    sent: Sampled, silent: Sampled, reached: Floats, missed: Floats, recall: float
) -> Floats:
    """Returns by how many deviations the difference exceeds what `recall` would make it."""
    hits, misses = _blown_up(sent, reached), _blown_up(silent, missed)
    spread = (1 - recall) ** 2 * hits[1] + recall**2 * misses[1]
    return np.asarray(((1 - recall) * hits[0] - recall * misses[0]) / np.sqrt(spread + TINY))


def _blown_up(sampled: Sampled, needed: Floats) -> tuple[Floats, Floats]:
    """Estimates how many were in need altogether, and the variance of that."""
    judged, total = sampled.judged, sampled.total
    if judged == 0:
        return needed * 0.0, np.full(np.shape(needed), float(total) ** 2)
    chance = (needed + 0.5) / (judged + 1)
    unseen = (total - judged) / max(1, total - 1)
    return needed * total / judged, total**2 * chance * (1 - chance) / judged * unseen


def _drawn(sampled: Sampled, needed: int) -> tuple[Floats, Floats]:
    """Returns the numbers in need that a sample may hold, and their chances.

    Those rarer than one in a million are left out.
    """
    judged, rest = sampled.judged, sampled.total - needed - sampled.judged
    mean = judged * needed / max(1, sampled.total)
    reach = 3 + 5.5 * sqrt(mean + 1)
    counts = np.arange(
        max(0, -rest, int(mean - reach)), min(judged, needed, int(mean + reach)) + 1, dtype=float
    )
    logs = -gammaln(np.stack([counts, needed - counts, judged - counts, rest + counts]) + 1).sum(0)
    chances = np.exp(logs - logs.max())
    return counts, chances / chances.sum()


def _needed(sampled: Sampled, level: float) -> tuple[int, int]:
    """Returns exact limits of the number in need; one of them is wrong with chance `level`."""
    judged, needed = sampled.judged, sampled.needed
    least, most = needed, sampled.total - judged + needed

    def held(total: int, *, few: bool) -> bool:
        counts, chances = _drawn(sampled, total)
        tail = counts <= needed if few else counts >= needed
        return float(chances[tail].sum()) > level / 2

    low = least + bisect_left(range(least, most), True, key=lambda one: held(one, few=False))
    gone = bisect_left(range(low, most), True, key=lambda one: not held(one + 1, few=True))
    return low, low + gone
