"""The price of a human's minute: what it would bring elsewhere before the day is over. Pure.

With enough past cases the price is the dual of the rest of the day's knapsack, solved again at each
case (certainty-equivalent re-solving; Jasin & Kumar 2012). Before that it rises exponentially as
minutes are spent (online knapsack; Zhou, Chakrabarty & Lukose 2008). Either way: the fewer minutes
are left for the time that is left, the dearer they are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST, MOST = 0.25, 60.0
"""Value a minute of ordinary cases lies between, while nothing is known of a workspace's own."""
ENOUGH = 40
"""Past cases from which they are believed."""
SPENT = 1e9
"""The price when no minute is left; a number, since JSON has no infinity."""
CAUTION = 1.0
"""Standard deviations above the mean that are kept for those who must reach a human."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Past cases: what each was worth a minute (dearest first), how long it took, over how long."""

    values: tuple[float, ...]
    minutes: tuple[float, ...]
    days: float


def remember(cases: Sequence[tuple[float, float]], *, days: float) -> Demand:
    """`cases`: (value above cost in money, minutes), in any order."""
    ranked = sorted(((value / minutes, minutes) for value, minutes in cases), reverse=True)
    return Demand(tuple(value for value, _ in ranked), tuple(one for _, one in ranked), days)


def price_of_minute(
    *, left: float, a_day: float, day_left: float, demand: Demand | None = None
) -> float:
    """Money per minute; `SPENT` when none is left.

    `left`, `a_day`: minutes that may still be spent, and the whole day's; `day_left`: 0 to 1.
    """
    if left <= 0 or a_day <= 0:
        return SPENT
    if demand is None or len(demand.values) < ENOUGH:
        spent = min(1.0, max(0.0, 1 - left / a_day))
        # Below LEAST everything worth its cost is taken: nothing is known that would be displaced.
        return LEAST / math.e * (math.exp(spent * math.log(MOST * math.e / LEAST)) - 1)
    room = left * demand.days / max(day_left, 1e-9)
    for value, minutes in zip(demand.values, demand.minutes, strict=True):
        room -= minutes
        if room < 0:
            return max(0.0, value)
    return 0.0


def reserve(*, cases_a_day: float, minutes: float, day_left: float) -> float:
    """Minutes to keep for those who must reach a human, whatever else is worth it."""
    expected = max(0.0, cases_a_day) * min(1.0, max(0.0, day_left))
    return (expected + CAUTION * math.sqrt(expected)) * minutes
