"""How likely it is that a human is needed: a small logistic model with named contributions. Pure.

It starts from written priors (`WRITTEN`), so it answers before the first verdict, and learns from
verdicts by the posterior's mode (a ridge towards the prior; Laplace's approximation for its
spread). Where other workspaces' verdicts have taught something, a workspace starts from that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from vcsm.escalation.worth import Belief

Floats = NDArray[np.float64]

WRITTEN: dict[str, tuple[float, float]] = {
    "always": (-2.0, 0.7),
    "struggle": (2.5, 1.0),
    "repetition": (0.6, 0.5),
    "failed help": (1.2, 0.7),
    "dismissed help": (0.3, 0.5),
    "no article fits": (0.6, 0.5),
    "unanswered before": (1.0, 0.7),
    "asked intent": (0.3, 0.5),
    "must reach a person": (4.0, 1.0),
    "renewal near": (0.3, 0.5),
    "onboarding": (0.4, 0.5),
    "negative tone": (0.6, 0.5),
    "tone worse than usual": (0.6, 0.5),
    "account's history": (0.8, 0.5),
}
"""Feature → prior mean and standard deviation of its weight, per unit of the feature."""
BETWEEN_WORKSPACES = 0.5
"""Standard deviation of a weight between workspaces, in units of its written one."""
CALIBRATED_FROM = 40
"""Number of earlier predictions with verdicts from which Venn-Abers is used."""
Z90 = 1.645
STEPS = 50


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with its verdict; `needed` means that it was not a false alarm."""

    features: Mapping[str, float]
    needed: bool


@dataclass(frozen=True, slots=True)
class Model:
    """A Gaussian over the weights, in the order of `WRITTEN`."""

    mean: Floats
    covariance: Floats
    prior_share: float
    """Mean share of the weights' written uncertainty that verdicts have not yet removed: 1 to 0."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Probabilities stated before their verdicts came, rising, and those verdicts (0 or 1)."""

    said: Floats
    needed: Floats


def written_model() -> Model:
    """Returns the model before any verdict."""
    means, spreads = np.array(list(WRITTEN.values())).T
    return Model(means, np.diag(spreads**2), 1.0)


def learn(judged: Sequence[Judged], *, shared: Model | None = None) -> Model:
    """Fits a workspace's model to its own verdicts, starting from `shared`, the other workspaces'.

    Partial pooling: a few verdicts of its own hardly move it away from the shared one, many do.
    """
    written = written_model()
    prior = written if shared is None else _loosened(shared, written)
    if not judged:
        return prior if shared is None else Model(prior.mean, prior.covariance, shared.prior_share)
    rows = np.array([vector(one.features) for one in judged])
    needed = np.array([one.needed for one in judged], float)
    mean, covariance = _posterior(rows, needed, prior)
    left = np.diag(covariance) / np.diag(written.covariance)
    return Model(mean, covariance, float(np.clip(left, 0, 1).mean()))


def believe(
    model: Model, features: Mapping[str, float], *, calibration: Calibration | None = None
) -> Belief:
    """Returns the probability with a 90 % interval.

    The interval is Venn-Abers' pair once enough predictions have verdicts, and until then that of
    the weights' uncertainty. Features that are not finite count as 0.
    """
    row = vector(features)
    logit, spread = float(row @ model.mean), float(np.sqrt(row @ model.covariance @ row))
    said = point = round(float(expit(logit)), 4)
    low, high = float(expit(logit - Z90 * spread)), float(expit(logit + Z90 * spread))
    if calibration is not None and len(calibration.said) >= CALIBRATED_FROM:
        low, high = venn_abers(calibration, point)
        # Vovk & Petej 2014: merges the pair into the probability of least regret in log loss.
        point = high / (1 - low + high)
    return Belief(
        probability=round(point, 4),
        low=round(low, 4),
        high=round(high, 4),
        uncalibrated=said,
        prior_share=round(model.prior_share, 4),
        contributions={
            name: round(float(weight * value), 4)
            for name, weight, value in zip(WRITTEN, model.mean, row, strict=True)
            if value
        },
    )


def chances(model: Model, rows: Floats) -> Floats:
    """Returns uncalibrated probabilities of many cases at once; `rows` as made by `vector`."""
    found: Floats = expit(rows @ model.mean)
    return found


def calibrate(said: Sequence[float], needed: Sequence[bool]) -> Calibration:
    """Pairs each `Belief.uncalibrated` with its verdict.

    Each must have been stated before the verdict: with hindsight the model would flatter itself.
    """
    order = np.argsort(said, kind="stable")
    return Calibration(np.array(said, float)[order], np.array(needed, float)[order])


def venn_abers(calibration: Calibration, said: float) -> tuple[float, float]:
    """Returns [p0, p1]: isotonic fits with the case as false alarm, then as need (Vovk & Petej)."""
    place = int(np.searchsorted(calibration.said, said, side="right"))
    low, high = (_fitted(calibration, place, said, label) for label in (0.0, 1.0))
    return min(low, high), max(low, high)


def vector(features: Mapping[str, float]) -> Floats:
    """Returns features in the order of `WRITTEN`; missing or non-finite are 0, "always" is 1."""
    row = np.array([features.get(name, 0.0) for name in WRITTEN])
    row[0] = 1.0
    return np.where(np.isfinite(row), row, 0.0)


def _loosened(shared: Model, written: Model) -> Model:
    """Adds the spread between workspaces: one more workspace only roughly resembles the others."""
    between = BETWEEN_WORKSPACES**2 * np.diag(np.diag(written.covariance))
    return Model(shared.mean, shared.covariance + between, shared.prior_share)


def _posterior(rows: Floats, needed: Floats, prior: Model) -> tuple[Floats, Floats]:
    """Newton's method on a strictly concave posterior; steps are halved until they go up."""
    precision = np.linalg.inv(prior.covariance)
    weights = prior.mean

    def height(at: Floats) -> float:
        off, logits = at - prior.mean, rows @ at
        return float(needed @ logits - np.logaddexp(0, logits).sum() - off @ precision @ off / 2)

    for _ in range(STEPS):
        chances = expit(rows @ weights)
        slope = rows.T @ (needed - chances) - precision @ (weights - prior.mean)
        bend = (rows.T * (chances * (1 - chances))) @ rows + precision
        step = np.linalg.solve(bend, slope)
        while height(weights + step) < height(weights) and np.abs(step).max() > 1e-9:
            step = step / 2
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    chances = expit(rows @ weights)
    bend = (rows.T * (chances * (1 - chances))) @ rows + precision
    return weights, np.linalg.inv(bend)


def _fitted(calibration: Calibration, place: int, said: float, label: float) -> float:
    scores = np.insert(calibration.said, place, said)
    labels = np.insert(calibration.needed, place, label)
    # Equal scores must get equal values: they are fitted as one, by their mean and weight.
    values, where, counts = np.unique(scores, return_inverse=True, return_counts=True)
    means = np.bincount(where, weights=labels) / counts
    from scipy.optimize import isotonic_regression  # slow to load, and needed only for learning

    fit = isotonic_regression(means, weights=counts.astype(float)).x
    return float(fit[np.searchsorted(values, said)])
