"""The price of a human's minute: what it would bring elsewhere before the day is over. Pure.

Given enough past cases, the price is the dual of the knapsack of the rest of the day, solved again
at each case (certainty-equivalent re-solving; Jasin & Kumar 2012). Before that it rises
exponentially as minutes are spent (online knapsack; Zhou, Chakrabarty & Lukose 2008). Either way, a
minute gets dearer the fewer minutes are left for the time that remains.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST, MOST = 0.25, 60.0
"""Range of a minute's value in ordinary cases, while the workspace has too few cases of its own."""
ENOUGH = 40
"""Number of past cases from which their values are used instead of `LEAST` and `MOST`."""
SPENT = 1e9
"""Price when no minute is left. It is a finite number because JSON has no infinity."""
CAUTION = 1.0
"""How many standard deviations above the expected need are reserved for urgent cases."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Past cases, dearest first: value per minute, minutes taken, and the days they cover."""

    values: tuple[float, ...]
    minutes: tuple[float, ...]
    days: float


def remember(cases: Sequence[tuple[float, float]], *, days: float) -> Demand:
    """Makes a Demand from pairs of (value above cost in money, minutes), in any order."""
    ranked = sorted(((value / minutes, minutes) for value, minutes in cases), reverse=True)
    return Demand(tuple(value for value, _ in ranked), tuple(one for _, one in ranked), days)


def price_of_minute(
    *, left: float, a_day: float, day_left: float, demand: Demand | None = None
) -> float:
    """Returns money per minute; `SPENT` when none is left.

    `left` and `a_day` are the minutes that may still be spent and those of the whole day;
    `day_left` is the share of the day that remains, 0 to 1.
    """
    if left <= 0 or a_day <= 0:
        return SPENT
    if demand is None or len(demand.values) < ENOUGH:
        spent = min(1.0, max(0.0, 1 - left / a_day))
        # Below LEAST, every case worth its cost is taken: no dearer one is known to be displaced.
        return LEAST / math.e * (math.exp(spent * math.log(MOST * math.e / LEAST)) - 1)
    room = left * demand.days / max(day_left, 1e-9)
    for value, minutes in zip(demand.values, demand.minutes, strict=True):
        room -= minutes
        if room < 0:
            return max(0.0, value)
    return 0.0


def reserve(*, cases_a_day: float, minutes: float, day_left: float) -> float:
    """Returns minutes to keep for contacts who must reach a human, whatever else is worth them."""
    expected = max(0.0, cases_a_day) * min(1.0, max(0.0, day_left))
    return (expected + CAUTION * math.sqrt(expected)) * minutes
