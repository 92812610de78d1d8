"""Have things changed while the verdicts came in? A certificate assumes that they have not.

Exchangeability is tested with conformal martingales (Vovk 2021, "Testing randomness online"): each
verdict gets a p-value among those so far, which is uniform as long as order carries no meaning, and
a wealth that starts at 1 bets against that. By Ville's inequality it reaches 1/`LEVEL` with
probability at most `LEVEL`, however often one looks. On labels it bets by a mixture over when the
share of false alarms changed and what it has been since; on scores by the "simple jumper", a
mixture over tilts with jumps between them (Vovk et al. 2021).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from vcsm.escalation.certificate import Verdicts

LEVEL = 0.05
"""Chance of ever reporting drift where there is none."""
SCORES_PART = 0.2
"""Part of `LEVEL` spent on scores. Changed scores alone do not make a certificate wrong."""
SINCE = expit(np.linspace(-3.5, 2.2, 12))
"""The shares of false alarms, after a change, on which bets are placed."""
CHANGE = 0.007
"""Chance of a change at each verdict that the bets assume."""
WORSE = 0.9
"""Part of a bet on change that goes on a change for the worse: a better share leaves the
certificate true."""
TILTS = (-1.6, -0.8, 0.0, 0.8, 1.6)
"""How much more often scores are low (or high) than before, as the bets assume."""
JUMP = 0.01
"""Part of the wealth that is spread over all tilts again at each verdict."""


def _stake(better: int) -> NDArray[np.float64]:
    """Returns the stakes at each verdict on shares in `SINCE`; the first `better` are no worse."""
    parts = np.full(len(SINCE), WORSE / max(1, len(SINCE) - better))
    parts[:better] = (1 - WORSE) / max(1, better)
    return np.asarray(CHANGE * parts / parts.sum())


_STAKES = np.array([_stake(better) for better in range(len(SINCE) + 1)])
"""Stakes, indexed by how many of the shares in `SINCE` are no worse than the one so far."""
BLOCK = 1024
"""How many verdicts are ranked, or bet on, at a time."""


def find_drift(verdicts: Verdicts, *, threshold: float | None, seed: int) -> bool:
    """Tells whether verdicts, in time order, show a change.

    Looks for one in the false alarms, in those that score at least `threshold` (if given), and in
    the scores. `seed` breaks ties between equal verdicts.
    """
    if not len(verdicts):
        return False
    labels = [_bet_on_labels(verdicts.false_alarms, seed)]
    if threshold is not None:
        # The threshold depends on the verdicts but not on their order, so order stays meaningless.
        sent = verdicts.scores >= threshold
        labels.append(_bet_on_labels(verdicts.false_alarms[sent], seed + 2))
    # Each gets its own part of the level: they see different pasts, so their mean is no fair bet.
    each = (1 - SCORES_PART) / len(labels)
    scores = _bet_on_scores(verdicts.scores, seed + 1)
    return any(
        max(wealth, default=1.0) >= 1 / (LEVEL * part)
        for wealth, part in [*((wealth, each) for wealth in labels), (scores, SCORES_PART)]
    )


def _bet_on_labels(labels: NDArray[np.bool_], seed: int) -> list[float]:
    """Returns the wealth after each verdict, betting on false alarms."""
    count = np.arange(len(labels))
    ties = np.random.default_rng(seed).random(len(labels))
    ones = np.cumsum(labels)
    cut = (ones - labels + 1) / (count + 2)
    rate = ones / (count + 1)
    low = np.where(labels, ties * rate, rate + ties * (1 - rate)) < cut
    kept = (1 - CHANGE) ** count
    bets, wealth = np.zeros(len(SINCE)), kept * (1 - CHANGE)
    for start in range(0, len(labels), BLOCK):
        part = slice(start, start + BLOCK)
        bar = cut[part, None]
        gains = np.where(low[part, None], SINCE / bar, (1 - SINCE) / (1 - bar))
        better = np.searchsorted(SINCE, cut[part], side="right")
        # Long after a change the wealth may overflow; by then it is more than enough.
        with np.errstate(over="ignore"):
            for at, stake in enumerate(_STAKES[better] * kept[part, None]):
                bets = (bets + stake) * gains[at]
                wealth[start + at] += bets.sum()
    held: list[float] = wealth.tolist()
    return held


def _bet_on_scores(scores: NDArray[np.float64], seed: int) -> list[float]:
    """Returns the wealth after each verdict, betting on scores."""
    ties = np.random.default_rng(seed).random(len(scores))
    lower, upto = _ranks(scores)
    p_values = (lower + ties * (upto - lower)) / np.arange(1, len(scores) + 1)
    bets, wealth = [1 / len(TILTS)] * len(TILTS), []
    for p_value in p_values.tolist():
        bets = _step(bets, [1 + tilt * (p_value - 0.5) for tilt in TILTS])
        wealth.append(sum(bets))
    return wealth


def _ranks(scores: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Counts, for each score, those up to and including it that are lower, and not higher."""
    lower, upto = np.zeros((2, len(scores)), np.int64)
    seen = np.zeros(0)
    for start in range(0, len(scores), BLOCK):
        part = scores[start : start + BLOCK]
        into = slice(start, start + len(part))
        # Each row against the scores before it within the block.
        lower[into] = np.tril(part < part[:, None], -1).sum(axis=1)
        upto[into] = np.tril(part <= part[:, None]).sum(axis=1)
        lower[into] += np.searchsorted(seen, part, side="left")
        upto[into] += np.searchsorted(seen, part, side="right")
        fresh = np.sort(part)
        seen = np.insert(seen, np.searchsorted(seen, fresh), fresh)
    return lower, upto


def _step(bets: Sequence[float], gains: Sequence[float]) -> list[float]:
    """Multiplies the bets by their gains after spreading a little of the wealth over all of them.

    Without the spreading a late change would be missed.
    """
    share = JUMP * sum(bets) / len(bets)
    return [((1 - JUMP) * bet + share) * gain for bet, gain in zip(bets, gains, strict=True)]
