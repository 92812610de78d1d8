"""Learns to tell texts of known intents from texts of undefined ones, from the known ones alone.

Each intent in turn is imagined away and its examples are scored against the rest: this makes
undefined siblings out of the workspace's own texts. A small logistic regression then weighs the
measures of `closeness` so that held-out examples and such siblings come apart. Conformal p-values
over held-out examples (Vovk et al. 2005; Bates et al. 2023) make a rejection valid whatever the
weights are.
"""

from dataclasses import dataclass

import numpy as np

from vcsm.intent.guess import Floats, as_floats

PRIOR_WEIGHTS = np.array([0.5, 0.2, 0.2, 0.2, 0.3, 0.6], np.float32)
"""Weights in the order of `closeness.measure`, used unchanged with too few intents to learn
from."""
PRIOR_STRENGTH = 20.0
ROUNDING = 0.01
"""Allowance for rounding, by which equal texts' scores may differ; known scores spread over some
units."""
ENOUGH_TO_REJECT = 19
"""Number of known texts below which no p-value reaches 0.05."""

UNSEEN_NEAREST = np.linspace(0.30, 0.90, ENOUGH_TO_REJECT).astype(np.float32)
"""How similar a short message of a known intent usually is to its nearest example, by
all-MiniLM-L6-v2; used in place of held-out scores until there are enough examples."""
NEAREST = 3
"""Place of the likeness to the nearest example in `closeness.measure`."""


@dataclass(frozen=True)
class Novelty:
    """Scores how known a text looks; higher is better known."""

    usual_spread: Floats
    weights: Floats
    known: Floats
    """Sorted scores of texts that are known: held-out examples or confirmed messages."""

    def score(self, excess: Floats) -> Floats:
        """Returns (texts,) scores; `excess` is measures (texts, 6) less what is usual.

        Usual is what held-out examples of the guessed intent have.
        """
        return as_floats((excess / self.usual_spread) @ self.weights)

    def p_value(self, score: float) -> float:
        """Returns the share of known texts that look as novel as one with this score.

        It is valid if messages resemble the known texts.
        """
        below = int(np.searchsorted(self.known, score + ROUNDING, side="right"))
        return (1 + below) / (len(self.known) + 1)


def learn_novelty(held_out: Floats, imagined: Floats) -> Novelty:
    """Learns from excess measures (n, 6) of held-out examples and (m, 6) of siblings, if any."""
    spread = np.maximum(held_out.std(axis=0), 1e-3).astype(np.float32)
    weights = _regress(held_out / spread, imagined / spread) if len(imagined) else PRIOR_WEIGHTS
    known = as_floats(np.sort((held_out / spread) @ weights))
    return Novelty(spread, weights, known)


def assume_novelty() -> Novelty:
    """Returns a stand-in for too few examples: the nearest one alone, against a usual scale."""
    weights = np.zeros(len(PRIOR_WEIGHTS), np.float32)
    weights[NEAREST] = 1.0
    return Novelty(np.ones(len(weights), np.float32), weights, UNSEEN_NEAREST)


def _regress(known: Floats, novel: Floats) -> Floats:
    """Fits a logistic regression by Newton's method, with weights drawn towards PRIOR_WEIGHTS."""
    x = np.concatenate([known, novel]).astype(np.float64)
    # Centred, or the first step of Newton's method may leap to where the curve is flat.
    x = np.concatenate([x - x.mean(axis=0), np.ones((len(x), 1))], axis=1)
    y = np.concatenate([np.ones(len(known)), np.zeros(len(novel))])
    prior = np.append(PRIOR_WEIGHTS, 0.0)
    strength = np.diag(np.append(np.full(len(PRIOR_WEIGHTS), PRIOR_STRENGTH), 1e-6))
    weights = prior.copy()
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + strength @ (weights - prior)
        hessian = (x * (p * (1 - p))[:, None]).T @ x + strength
        step = np.linalg.solve(hessian + 1e-9 * np.eye(len(prior)), gradient)
        weights = weights - np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-6:
            break
    return weights[:-1].astype(np.float32)
