"""Learns to tell a known intent from one that nobody defined, from the defined ones alone.

Every intent in turn is imagined away and its examples scored against the rest: they are siblings
that nobody defined, made from the workspace's own texts. A small logistic regression then weighs
the measures of `closeness` so that held-out examples and such siblings come apart. What it calls
novel is made valid by conformal p-values over held-out examples (Vovk et al. 2005; Bates et al.
2023), whatever the weights are.
"""

from dataclasses import dataclass

import numpy as np

from vcsm.intent.guess import Floats, as_floats

PRIOR_WEIGHTS = np.array([0.5, 0.2, 0.2, 0.2, 0.3, 0.6], np.float32)
"""In the order of `closeness.measure`; what holds when there are too few intents to learn from."""
PRIOR_STRENGTH = 20.0
ROUNDING = 0.01
"""What equal texts' scores may differ by, in which known ones spread over some units."""
ENOUGH_TO_REJECT = 19
"""Below it no p-value reaches 0.05."""

UNSEEN_NEAREST = np.linspace(0.30, 0.90, ENOUGH_TO_REJECT).astype(np.float32)
"""Stand-in for held-out likeness until there are examples: how like its nearest example a short
message of a known intent usually is, by all-MiniLM-L6-v2."""
NEAREST = 3


@dataclass(frozen=True)
class Novelty:
    """Scores closeness; higher is better known."""

    usual_spread: Floats
    weights: Floats
    known: Floats
    """Sorted scores of held-out examples: what known texts look like."""

    def score(self, excess: Floats) -> Floats:
        """(texts,) from measures minus what is usual for the guessed intent."""
        return as_floats((excess / self.usual_spread) @ self.weights)

    def p_value(self, score: float) -> float:
        """Share of known texts that look as novel as this; valid if messages resemble examples."""
        below = int(np.searchsorted(self.known, score + ROUNDING, side="right"))
        return (1 + below) / (len(self.known) + 1)


def learn_novelty(held_out: Floats, imagined: Floats) -> Novelty:
    """From measures (n, 6) of held-out examples and (m, 6) of imagined siblings; m may be 0."""
    spread = np.maximum(held_out.std(axis=0), 1e-3).astype(np.float32)
    weights = _regress(held_out / spread, imagined / spread) if len(imagined) else PRIOR_WEIGHTS
    known = as_floats(np.sort((held_out / spread) @ weights))
    return Novelty(spread, weights, known)


def assume_novelty() -> Novelty:
    """For a workspace with hardly any examples: the nearest one alone, against a usual scale."""
    weights = np.zeros(len(PRIOR_WEIGHTS), np.float32)
    weights[NEAREST] = 1.0
    return Novelty(np.ones(len(weights), np.float32), weights, UNSEEN_NEAREST)


def _regress(known: Floats, novel: Floats) -> Floats:
    """Logistic regression by Newton's method, its weights drawn towards PRIOR_WEIGHTS."""
    x = np.concatenate([known, novel]).astype(np.float64)
    # Around their middle, or the first step of Newton's method may leap where nothing is left.
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
