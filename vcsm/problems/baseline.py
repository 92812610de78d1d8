"""What is usual for each stream: hits per session that saw it, by hour, and its worst days.

A stream is one kind of friction at one place. Rates are Gamma-Poisson (DuMouchel 1999): a stream's
own history is shrunk towards that of similar streams, so that two hits in three sessions do not
make a rate. The hours' pattern comes from the fleet (Farrington 1996 and Noufaily 2013 compare like
with like; single streams are too sparse for that), weighted by exposure and shrunk likewise. How
firm a rate is depends both on how little is known and on how much its days differ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

Floats = NDArray[np.float64]

BAD_DAY = 0.99
"""Quantile of a day's rate that still counts as usual where one number is needed."""
PRIOR_STRENGTH = (0.3, 30.0)
"""Least and most hits that the prior may be worth."""
HOUR_HITS = 30.0
"""Hits in an hour of the day at which its own pattern counts as much as the one it is shrunk to."""
MIN_POINTS = 6
"""Number of stretches needed before any spread between them is believed."""
LEAST_SPREAD = 0.02
"""Variance granted to every stream, whatever its history."""
TYPICAL_SPREAD = 0.1
"""Spread assumed when streams are weighted against each other: beyond it a busy stream tells no
more about how days differ, or pages would speak for the elements on them."""
DOUBT = 0.05
"""Chance that the true spread exceeds the bound that is computed from so few days."""
STRETCH_HOURS = 4
HOURS = 48
"""The 24 hours of a weekday, then the 24 of a day of the weekend."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is usual for each stream.

    `rate` is hits per session that saw it, `shape` 1 over the relative variance of a stretch's
    rate, both of shape (streams,). `spread` is that variance when the rate is known, and
    `fleet_spread` the same for all streams together.
    """

    rate: Floats
    shape: Floats
    spread: float
    fleet_spread: float


def learn_baseline(hits: Floats, seen: Floats, *, kept: Floats) -> Baseline:
    """Learns rates and spreads from stretches of some hours.

    `hits`, and `seen` (sessions that saw the place, weighted by their hours as `learn_hours` says),
    have shape (stretches, streams). `kept` is 1 where a stretch counts for a stream, and 0 where a
    problem was open (past outbreaks would hide the next) or the source was blind. Without any
    history, the rates are the prior's.
    """
    counted, shown = hits * kept, seen * kept
    total, exposure = counted.sum(axis=0), shown.sum(axis=0)
    shape, scale = fit_prior(total, exposure)
    rate = (total + shape) / (exposure + scale)
    spread, fleet_spread = _spreads(counted, shown, rate)
    return Baseline(rate, 1 / (spread + 1 / (total + shape)), spread, fleet_spread)


def learn_hours(hits: Floats, seen: Floats) -> Floats:
    """Returns factors of shape (48, pages): how many times the usual hits per session an hour has.

    `hits` and `seen` have the same shape and cover whole weeks. A page's own hours are shrunk
    towards the fleet's, and the fleet's towards no pattern. Weighted by its sessions, a page's
    factors have the mean 1.
    """
    fleet = _even_out(hits.sum(axis=1), seen.sum(axis=1), np.ones(HOURS))
    columns = [_even_out(hits[:, page], seen[:, page], fleet) for page in range(hits.shape[1])]
    return np.stack(columns, axis=1) if columns else np.ones((HOURS, 0))


def _even_out(hits: Floats, seen: Floats, like: Floats) -> Floats:
    usual = seen * like
    if usual.sum() <= 0:
        return like
    expected = usual * (hits.sum() + 1) / usual.sum()
    factors = like * (hits + HOUR_HITS) / (expected + HOUR_HITS)
    return np.asarray(factors * seen.sum() / (factors * seen).sum(), dtype=np.float64)


def bad_day_factor(spread: float) -> float:
    """Returns how many times the usual a bad day brings when days differ by a variance `spread`."""
    return float(gammaincinv(1 / spread, BAD_DAY) * spread)


def fit_prior(hits: Floats, seen: Floats) -> tuple[float, float]:
    """Returns shape and scale of the Gamma that the streams' rates come from, fitted by moments.

    `hits` and `seen` have shape (streams,). The shape is how many hits the prior is worth.
    """
    shown = seen > 0
    if not shown.any():
        return 0.5, 50.0
    mean = (hits.sum() + 0.5) / (seen.sum() + 50)
    # Var(hits) = seen · mean + seen² · variance of the rates.
    over = ((hits - seen * mean) ** 2 - seen * mean)[shown].sum() / (seen[shown] ** 2).sum()
    variance = max(over, mean**2 / PRIOR_STRENGTH[1])
    shape = float(np.clip(mean**2 / variance, *PRIOR_STRENGTH))
    typical = float(np.median(((hits + shape) / (seen + shape / mean))[shown]))
    # The busiest streams set the mean; a sparse stream is more like the median one.
    return shape, shape / max(typical, mean / 20)


def hour_of(minute: int | NDArray[np.int64]) -> NDArray[np.int64]:
    """Returns which of the 48 hours a minute, counted from Monday 00:00 UTC, belongs to."""
    hours = np.asarray(minute) // 60 % 168
    return np.where(hours < 120, hours % 24, 24 + hours % 24)


def _spreads(hits: Floats, seen: Floats, rate: Floats) -> tuple[float, float]:
    """Returns the variance between stretches of one stream, and of all streams together; each as
    high as so few days leave possible, since a bad day is bad as a whole."""
    if len(hits) < MIN_POINTS:
        return 0.2, 0.1
    expected = seen * rate
    weight = (1 + TYPICAL_SPREAD * expected) ** -2
    # The rate was learnt from these same hits: each stretch, and its whole day, pulled it closer.
    total = np.maximum(expected.sum(axis=0), 1e-9)
    chance = expected * (1 - expected / total)
    left = 1 - _day_of_each(expected) / total
    over = (weight * ((hits - expected) ** 2 - chance)).sum()
    own = float(over / max((weight * left * expected**2).sum(), 1e-9))
    days, usual = hits.sum(axis=1), expected.sum(axis=1)
    fleet = float((((days - usual) ** 2) - usual).sum() / max((usual**2).sum(), 1e-9))
    return (
        max(own * _doubt(_by_day(expected)), LEAST_SPREAD),
        max(fleet * _doubt(_by_day(usual[:, None])), LEAST_SPREAD),
    )


def _by_day(expected: Floats) -> Floats:
    """Sums stretches into days; an incomplete last day is dropped."""
    stretches = 24 // STRETCH_HOURS
    days = len(expected) // stretches
    by_day = expected[: days * stretches].reshape(days, stretches, expected.shape[1])
    return np.asarray(by_day.sum(axis=1))


def _day_of_each(expected: Floats) -> Floats:
    """Returns its day's sum for each stretch; an incomplete last day is a day of its own."""
    days = np.arange(len(expected)) // (24 // STRETCH_HOURS)
    summed = np.add.reduceat(expected, np.flatnonzero(np.diff(days, prepend=-1)), axis=0)
    return np.asarray(summed[days])


def _doubt(expected: Floats) -> float:
    """Returns how many times the variance seen the true one may be. `expected` has shape (days,
    streams); values that outweigh the others leave fewer to learn from."""
    weight = (expected / (1 + TYPICAL_SPREAD * expected)) ** 2
    number = float(weight.sum() ** 2 / max((weight**2).sum(), 1e-18))
    return number / float(2 * gammaincinv(max(number, 1.0) / 2, DOUBT)) if number > 0 else 1.0
