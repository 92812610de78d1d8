"""What a human's minutes are worth on a case, in the workspace's money. Pure; no framework.

Expected value = probability x uplift x margin x revenue - chance of a false alarm x annoyance -
minutes x their cost (thresholds by cost: Elkan 2001). A case is worth it if this exceeds the price
of its minutes: what they would bring elsewhere today (`budget`).
"""

from msgspec import Struct


class Belief(Struct, frozen=True):
    """How likely it is that a human is needed, according to `probability`."""

    probability: float
    low: float
    high: float
    uncalibrated: float
    """What the model said before calibration; later calibrations are made from this."""
    prior_share: float
    """Share of the model that is still written prior, not learnt: 1 before the first verdict."""
    contributions: dict[str, float]
    """What each named feature adds to the log-odds."""


class Stakes(Struct, frozen=True):
    """Written assumptions, stored with each decision; a workspace may set its own."""

    minutes: float = 10.0
    """Minutes that a human needs for a case."""
    minute_cost: float = 1.0
    margin: float = 0.8
    """Share of the revenue that is left as margin."""
    uplift: float = 0.02
    """Share of the account's annual revenue that timely help protects: an assumption until a
    holdout measures it."""
    annoyance: float = 5.0
    """What a false alarm costs besides the minutes: trust in the next one."""
    revenue_if_unknown: float = 5_000.0


def value_of_help(*, probability: float, stakes: Stakes, revenue: float | None) -> float:
    """Returns the expected value of a human's minutes on this case, less their own cost."""
    at_stake = stakes.revenue_if_unknown if revenue is None else max(revenue, 0.0)
    gain = probability * stakes.uplift * stakes.margin * at_stake
    return gain - (1 - probability) * stakes.annoyance - stakes.minutes * stakes.minute_cost
