"""How good probabilities were: Brier, log loss, debiased calibration error, CORP diagram. Pure.

CORP: Dimitriadis, Gneiting & Jordan 2021 (PNAS 118:8): the isotonic fit is the reliability curve,
and Brier = miscalibration - discrimination + uncertainty. Debiased ECE: Kumar, Liang & Ma 2019, on
equal-mass bins (the plain estimate is too large by what chance alone adds to each bin).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BINS = 10
PER_BIN = 10
"""The fewest verdicts that a bin should hold."""
SURE = 1e-6
"""Probabilities are kept this far from 0 and 1, as the log loss of a sure mistake is infinite."""


@dataclass(frozen=True, slots=True)
class Step:
    """A level piece of the reliability curve."""

    low: float
    high: float
    """Range of the stated probabilities."""
    happened: float
    """Share that came true, according to the isotonic fit."""
    count: int


@dataclass(frozen=True, slots=True)
class Quality:
    """Scores over `count` pairs of a stated probability and its outcome."""

    count: int
    brier: float
    log_loss: float
    miscalibration: float
    discrimination: float
    uncertainty: float
    calibration_error: float
    """Root mean square of stated minus observed, debiased; 0 where chance explains all of it."""
    curve: tuple[Step, ...]


def judge_probabilities(said: Sequence[float], came: Sequence[bool]) -> Quality | None:
    """Scores stated probabilities against what came true; None for no pairs.

    Raises ValueError for unequal lengths, or for a number that is not a probability.
    """
    if len(said) != len(came):
        raise ValueError(f"{len(said)} probabilities and {len(came)} outcomes.")
    if not len(said):
        return None
    order = np.argsort(said, kind="stable")
    told, true = np.array(said, float)[order], np.array(came, float)[order]
    if not (np.isfinite(told).all() and told.min() >= 0 and told.max() <= 1):
        raise ValueError("A probability lies between 0 and 1.")
    fitted = _isotonic(told, true)
    brier, recalibrated = _brier(told, true), _brier(fitted, true)
    base = _brier(np.full(len(true), true.mean()), true)
    kept = np.clip(told, SURE, 1 - SURE)
    return Quality(
        count=len(true),
        brier=brier,
        log_loss=float(-(true * np.log(kept) + (1 - true) * np.log(1 - kept)).mean()),
        miscalibration=brier - recalibrated,
        discrimination=base - recalibrated,
        uncertainty=base,
        calibration_error=_debiased_error(told, true),
        curve=_steps(told, fitted),
    )


def _brier(said: Floats, came: Floats) -> float:
    return float(((said - came) ** 2).mean())


def _isotonic(said: Floats, came: Floats) -> Floats:
    """Fits the outcomes isotonically; equal probabilities count as one point and get one value."""
    values, where, counts = np.unique(said, return_inverse=True, return_counts=True)
    means = np.bincount(where, weights=came) / counts
    from scipy.optimize import isotonic_regression  # slow to load, and needed only for learning

    fit = isotonic_regression(means, weights=counts.astype(float)).x
    return np.asarray(fit[where], np.float64)


def _steps(said: Floats, fitted: Floats) -> tuple[Step, ...]:
    edges = np.flatnonzero(np.diff(fitted) > 0) + 1
    return tuple(
        Step(float(part[0]), float(part[-1]), float(level[0]), len(part))
        for part, level in zip(np.split(said, edges), np.split(fitted, edges), strict=True)
    )


def _debiased_error(said: Floats, came: Floats) -> float:
    bins = min(BINS, len(said) // PER_BIN)
    if not bins:
        return 0.0
    total = 0.0
    for told, true in zip(np.array_split(said, bins), np.array_split(came, bins), strict=True):
        rate, count = float(true.mean()), len(true)
        chance = rate * (1 - rate) / (count - 1)
        total += count / len(said) * ((float(told.mean()) - rate) ** 2 - chance)
    return float(np.sqrt(max(0.0, total)))
