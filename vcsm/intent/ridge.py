"""Kernel ridge regression on one-hot intents, with exact answers to "what if this were unseen?".

Leaving out one example, two, or a whole intent follows in closed form from the one inverse that the
fit needs (Rasmussen & Williams 2006, eq. 5.12, here for blocks), so calibration costs no refit.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vcsm.intent.guess import Floats, Labels, as_floats
from vcsm.intent.likeness import Likeness

PENALTY = 0.1


@dataclass(frozen=True)
class Ridge:
    score: Callable[[Floats], Floats]
    """(texts, anchors) likeness -> (texts, intents) scores."""
    held_out: Callable[[Labels], Floats]
    """(rows,) -> (rows, intents): each example's scores with it left out."""
    held_out_two: Callable[[Labels, Labels], Floats]
    """(rows,), (rows,) -> (rows, intents): the first's scores with both left out."""
    without: Callable[[Labels], Floats]
    """(rows of one intent,) -> (rows, intents): their scores with all these rows left out."""


@dataclass(frozen=True)
class Pair:
    """Symmetric 2 x 2 blocks, one for each row and its partner."""

    own: Floats
    partner: Floats
    between: Floats

    def solve(self, own: Floats, partner: Floats) -> Floats:
        """Solves each block; returns (rows, intents) the first of the two unknowns."""
        size = np.maximum(self.own * self.partner - self.between**2, 1e-6)[:, None]
        return as_floats((self.partner[:, None] * own - self.between[:, None] * partner) / size)


def fit_exact(likeness: Likeness, labels: Labels, intents: int) -> Ridge:
    rows = np.arange(len(labels))
    inverse = invert(likeness.alike_rows(rows) + PENALTY * np.eye(len(rows), dtype=np.float32))
    targets = one_hot(labels, intents)
    weights = as_floats(inverse @ targets)
    diagonal = np.diag(inverse)

    def held_out(some: Labels) -> Floats:
        return as_floats(targets[some] - weights[some] / diagonal[some, None])

    def held_out_two(some: Labels, others: Labels) -> Floats:
        block = Pair(diagonal[some], diagonal[others], inverse[some, others])
        return as_floats(targets[some] - block.solve(weights[some], weights[others]))

    def without(some: Labels) -> Floats:
        return as_floats(
            targets[some] - np.linalg.solve(inverse[np.ix_(some, some)], weights[some])
        )

    return Ridge(lambda like: as_floats(like @ weights), held_out, held_out_two, without)


def one_hot(labels: Labels, intents: int) -> Floats:
    targets = np.zeros((len(labels), intents), np.float32)
    targets[np.arange(len(labels)), labels] = 1
    return targets


def invert(matrix: Floats) -> Floats:
    """Inverts a symmetric positive definite matrix at half the usual cost."""
    from scipy.linalg.lapack import spotrf, spotri

    lower, failed = spotrf(matrix, lower=True)
    if failed:
        return as_floats(np.linalg.inv(matrix))
    half, _ = spotri(lower, lower=True)
    return as_floats(np.tril(half) + np.tril(half, -1).T)
