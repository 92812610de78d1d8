"""Kernel ridge regression on one-hot intents, with exact answers to "what if this were unseen?".

Leaving one example out, and leaving a whole intent out, both follow in closed form from the one
inverse that the fit needs (Rasmussen & Williams 2006, eq. 5.12, here for blocks), so calibration
costs no refit. Above `EXACT_UP_TO` examples the same algebra runs on landmarks (Nystroem).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vcsm.intent.guess import Floats, Labels, as_floats

EXACT_UP_TO = 3_000
LANDMARKS = 2_000
PENALTY = 0.1

Kernel = Callable[[Labels, Labels], Floats]
"""(rows, columns) -> (len(rows), len(columns)) likeness of the examples with those numbers."""


@dataclass(frozen=True)
class Ridge:
    weights: Floats
    """(anchors, intents): a text's scores are its likeness to the anchors times this."""
    anchors: Labels
    """Which examples a text is compared with: all, or the landmarks."""
    held_out: Callable[[Labels], Floats]
    """(rows,) -> (rows, intents): each example's scores had it not been there."""
    without: Callable[[Labels], Floats]
    """(rows of one intent,) -> (rows, intents): their scores had none of these rows been there."""


def fit_ridge(kernel: Kernel, labels: Labels, intents: int) -> Ridge:
    """Solves for all intents at once. `labels` (n,) are 0..intents-1."""
    if len(labels) <= EXACT_UP_TO:
        return _fit_exact(kernel, labels, intents)
    return _fit_landmarks(kernel, labels, intents)


def _fit_exact(kernel: Kernel, labels: Labels, intents: int) -> Ridge:
    rows = np.arange(len(labels))
    inverse = np.linalg.inv(kernel(rows, rows) + PENALTY * np.eye(len(rows), dtype=np.float32))
    targets = _one_hot(labels, intents)
    weights = as_floats(inverse @ targets)
    diagonal = np.diag(inverse)

    def held_out(some: Labels) -> Floats:
        return as_floats(targets[some] - weights[some] / diagonal[some, None])

    def without(some: Labels) -> Floats:
        return as_floats(
            targets[some] - np.linalg.solve(inverse[np.ix_(some, some)], weights[some])
        )

    return Ridge(weights, rows, held_out, without)


def _fit_landmarks(kernel: Kernel, labels: Labels, intents: int) -> Ridge:
    rows, anchors = np.arange(len(labels)), choose_landmarks(labels, LANDMARKS)
    between = kernel(anchors, anchors).astype(np.float64)
    lower = np.linalg.cholesky(between + 1e-3 * np.eye(len(anchors)))
    mapping = np.linalg.inv(lower).T.astype(np.float32)
    mapped = np.concatenate(
        [kernel(part, anchors) @ mapping for part in np.array_split(rows, len(rows) // 1000 + 1)]
    )
    penalty = PENALTY * np.eye(len(anchors), dtype=np.float32)
    inverse = np.linalg.inv(mapped.T @ mapped + penalty)
    sums = np.zeros((intents, len(anchors)), np.float32)
    np.add.at(sums, labels, mapped)
    weights = inverse @ sums.T

    def residual(some: Labels) -> Floats:
        return as_floats(_one_hot(labels[some], intents) - mapped[some] @ weights)

    def held_out(some: Labels) -> Floats:
        leverage = np.einsum("ij,jk,ik->i", mapped[some], inverse, mapped[some], optimize=True)
        targets = _one_hot(labels[some], intents)
        return as_floats(targets - residual(some) / np.maximum(1 - leverage, 1e-3)[:, None])

    def without(some: Labels) -> Floats:
        hat = mapped[some] @ inverse @ mapped[some].T
        rest = np.eye(len(some), dtype=np.float32) * (1 + 1e-4) - hat
        return as_floats(_one_hot(labels[some], intents) - np.linalg.solve(rest, residual(some)))

    return Ridge(mapping @ weights, anchors, held_out, without)


def choose_landmarks(labels: Labels, at_most: int) -> Labels:
    """Evenly from every intent, in the order given, so that a refit chooses the same."""
    order = np.argsort(labels, kind="stable")
    start = np.searchsorted(labels[order], labels[order], side="left")
    rank = np.arange(len(order)) - start
    chosen = order[np.argsort(rank, kind="stable")][:at_most]
    return np.sort(chosen)


def _one_hot(labels: Labels, intents: int) -> Floats:
    targets = np.zeros((len(labels), intents), np.float32)
    targets[np.arange(len(labels)), labels] = 1
    return targets
