"""Are verdicts of one kind, or has the world changed? A certificate assumes that they are.

Exchangeability is tested with conformal martingales (Vovk 2021, "Testing randomness online"): each
verdict gets a p-value among those so far, which is uniform as long as order carries no meaning, and
a wealth that starts at 1 bets against that. By Ville's inequality it reaches 1/`LEVEL` with
probability `LEVEL` at most, however often one looks. Mixing over rates, and jumping between them,
is the "simple jumper" (Vovk et al. 2021).
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

import numpy as np

from vcsm.escalation.certificate import Verdicts

LEVEL = 0.01
"""Chance of calling drift where there is none."""
ODDS = (1 / 8, 1 / 3, 1.0, 3.0, 8.0)
"""How many times more likely a false alarm is than before, by the bets."""
TILTS = (-1.6, -0.8, 0.0, 0.8, 1.6)
"""How much more often a score is low (or high) than before, by the bets."""
JUMP = 0.01


def find_drift(verdicts: Verdicts, *, threshold: float | None, seed: int) -> bool:
    """Whether verdicts, in time order, show a change: of false alarms, of those at or above the
    threshold, or of the scores. `seed` breaks ties between equal verdicts."""
    if not len(verdicts):
        return False
    wealths = [
        _bet_on_labels(verdicts.false_alarms.tolist(), seed),
        _bet_on_scores(verdicts.scores.tolist(), seed + 1),
    ]
    if threshold is not None:
        # The threshold depends on the verdicts but not on their order, so order stays meaningless.
        sent = verdicts.scores >= threshold
        wealths.append(_bet_on_labels(verdicts.false_alarms[sent].tolist(), seed + 2))
    # Each may ruin its share of the level: they see different pasts, so their mean is no fair bet.
    return max(max(wealth, default=1.0) for wealth in wealths) >= len(wealths) / LEVEL


def _bet_on_labels(labels: Sequence[bool], seed: int) -> list[float]:
    """The wealth after each verdict."""
    ties = np.random.default_rng(seed).random(len(labels)).tolist()
    bets, wealth, ones = [1 / len(ODDS)] * len(ODDS), [], 0
    for index, (label, tie) in enumerate(zip(labels, ties, strict=True)):
        cut = (ones + 1) / (index + 2)
        ones += label
        rate = ones / (index + 1)
        p_value = tie * rate if label else rate + tie * (1 - rate)
        gains = []
        for odds in ODDS:
            below = odds * cut / (1 - cut + odds * cut)
            gains.append(below / cut if p_value < cut else (1 - below) / (1 - cut))
        bets = _step(bets, gains)
        wealth.append(sum(bets))
    return wealth


def _bet_on_scores(scores: Sequence[float], seed: int) -> list[float]:
    """The wealth after each verdict."""
    ties = np.random.default_rng(seed).random(len(scores)).tolist()
    bets, wealth, seen = [1 / len(TILTS)] * len(TILTS), [], list[float]()
    for score, tie in zip(scores, ties, strict=True):
        insort(seen, score)
        lower, upto = bisect_left(seen, score), bisect_right(seen, score)
        p_value = (lower + tie * (upto - lower)) / len(seen)
        bets = _step(bets, [1 + tilt * (p_value - 0.5) for tilt in TILTS])
        wealth.append(sum(bets))
    return wealth


def _step(bets: Sequence[float], gains: Sequence[float]) -> list[float]:
    """A little of everything is put on every bet anew, so that a late change is not missed."""
    share = JUMP * sum(bets) / len(bets)
    return [((1 - JUMP) * bet + share) * gain for bet, gain in zip(bets, gains, strict=True)]
