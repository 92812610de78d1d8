"""Turns scores into calibrated probabilities, using held-out examples."""

import numpy as np

from vcsm.intent.guess import Floats, Labels, as_floats

USUAL_TEMPERATURE = 0.08
"""Softmax temperature of a workspace with too few examples to learn its own."""
CELLS = 1_000_000
FEWEST_ROWS = 200
"""Rows looked at in any case, even where rows times intents exceed CELLS."""
PRIOR_ROWS = 10.0
"""Weight of the usual temperature, as a number of examples."""


def fit_temperature(scores: Floats, labels: Labels) -> float:
    """Returns the softmax temperature with the least held-out log loss (Guo et al. 2017).

    `scores` (rows, intents), `labels` (rows,). With few rows it stays near USUAL_TEMPERATURE.
    """
    if not len(labels):
        return USUAL_TEMPERATURE
    at_most = min(len(labels), 1_500, max(FEWEST_ROWS, CELLS // scores.shape[1]))
    rows = np.linspace(0, len(labels) - 1, at_most).astype(int)
    looked, own = scores[rows], labels[rows]
    best, least = USUAL_TEMPERATURE, np.inf
    for temperature in np.geomspace(0.01, 1.0, 32):
        loss = float(log_losses(looked, own, temperature).mean())
        drawn = PRIOR_ROWS / len(rows) * np.log(temperature / USUAL_TEMPERATURE) ** 2
        if loss + drawn < least:
            best, least = float(temperature), loss + drawn
    return best


def log_losses(scores: Floats, labels: Labels, temperature: float) -> Floats:
    """Returns (rows,) the log loss at the right intents, in nats."""
    raised = (scores - scores.max(axis=1, keepdims=True)) / temperature
    own = raised[np.arange(len(labels)), labels]
    return as_floats(np.log(np.exp(raised).sum(axis=1)) - own)


def softmax(scores: Floats, temperature: float) -> Floats:
    """Returns probabilities over the last axis."""
    raised = np.exp((scores - scores.max(axis=-1, keepdims=True)) / temperature)
    return as_floats(raised / raised.sum(axis=-1, keepdims=True))


def expected_calibration_error(confidence: Floats, right: Floats, bins: int = 15) -> float:
    """Returns the mean gap of confidence and share right over equal-width bins (Naeini 2015)."""
    if not len(confidence):
        return 0.0
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    counts = np.bincount(place, minlength=bins)
    stated = np.bincount(place, weights=confidence, minlength=bins)
    true = np.bincount(place, weights=right, minlength=bins)
    return float(np.abs(stated - true).sum() / counts.sum())
