"""Kernel ridge regression on one-hot intents, with exact answers to "what if this were unseen?".

Leaving one example out, and leaving a whole intent out, both follow in closed form from the one
inverse that the fit needs (Rasmussen & Williams 2006, eq. 5.12, here for blocks), so calibration
costs no refit. Above `EXACT_UP_TO` examples the same algebra runs on landmarks (Nystroem); with
more than `MANY_INTENTS` intents as well, a small ridge is solved for each text (`local`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcsm.intent.guess import Floats, Labels, as_floats
from vcsm.intent.likeness import Likeness
from vcsm.intent.local import score_locally

EXACT_UP_TO = 3_000
LANDMARKS = 2_000
PENALTY = 0.1

MANY_INTENTS = 500
"""Above it landmarks are too few for them all, and each text gets a ridge among its neighbours."""


@dataclass(frozen=True)
class Ridge:
    score: Callable[[Floats], Floats]
    """(texts, anchors) likeness -> (texts, intents)"""
    held_out: Callable[[Labels], Floats]
    """(rows,) -> (rows, intents): each example's scores had it not been there."""
    without: Callable[[Labels], Floats]
    """(rows of one intent,) -> (rows, intents): their scores had none of these rows been there."""


def choose_anchors(labels: Labels, intents: int) -> Labels:
    """Which examples a text is compared with: all, or landmarks of them."""
    if len(labels) <= EXACT_UP_TO or intents > MANY_INTENTS:
        return np.arange(len(labels))
    return choose_landmarks(labels, LANDMARKS)


def fit_ridge(likeness: Likeness, labels: Labels, intents: int) -> Ridge:
    """Solves for all intents at once. `labels` (n,) are 0..intents-1."""
    if len(labels) <= EXACT_UP_TO:
        return _fit_exact(likeness, labels, intents)
    if intents <= MANY_INTENTS:
        return _fit_landmarks(likeness, labels, intents)
    return _fit_local(likeness, labels, intents)


def _fit_exact(likeness: Likeness, labels: Labels, intents: int) -> Ridge:
    rows = np.arange(len(labels))
    inverse = _invert(likeness.alike_rows(rows) + PENALTY * np.eye(len(rows), dtype=np.float32))
    targets = _one_hot(labels, intents)
    weights = as_floats(inverse @ targets)
    diagonal = np.diag(inverse)

    def held_out(some: Labels) -> Floats:
        return as_floats(targets[some] - weights[some] / diagonal[some, None])

    def without(some: Labels) -> Floats:
        return as_floats(
            targets[some] - np.linalg.solve(inverse[np.ix_(some, some)], weights[some])
        )

    return Ridge(lambda like: as_floats(like @ weights), held_out, without)


def _fit_landmarks(likeness: Likeness, labels: Labels, intents: int) -> Ridge:
    anchors, rows = likeness.anchors, np.arange(len(labels))
    between = likeness.alike_rows(anchors).astype(np.float64)
    lower = np.linalg.cholesky(between + 1e-3 * np.eye(len(anchors)))
    mapping = _invert_lower(lower).T.astype(np.float32)
    parts = np.array_split(rows, len(rows) // 1000 + 1)
    mapped = np.concatenate([likeness.alike_rows(part) @ mapping for part in parts])
    inverse = _invert(mapped.T @ mapped + PENALTY * np.eye(len(anchors), dtype=np.float32))
    sums = np.zeros((intents, len(anchors)), np.float32)
    np.add.at(sums, labels, mapped)
    weights = inverse @ sums.T
    whole = as_floats(mapping @ weights)

    def residual(some: Labels) -> Floats:
        return as_floats(_one_hot(labels[some], intents) - mapped[some] @ weights)

    def held_out(some: Labels) -> Floats:
        leverage = ((mapped[some] @ inverse) * mapped[some]).sum(axis=1)
        targets = _one_hot(labels[some], intents)
        return as_floats(targets - residual(some) / np.maximum(1 - leverage, 1e-3)[:, None])

    def without(some: Labels) -> Floats:
        hat = mapped[some] @ inverse @ mapped[some].T
        rest = np.eye(len(some), dtype=np.float32) * (1 + 1e-4) - hat
        return as_floats(_one_hot(labels[some], intents) - np.linalg.solve(rest, residual(some)))

    return Ridge(lambda like: as_floats(like @ whole), held_out, without)


def _fit_local(likeness: Likeness, labels: Labels, intents: int) -> Ridge:
    def score(like: Floats) -> Floats:
        return score_locally(likeness.features, labels, intents, like)

    def held_out(some: Labels) -> Floats:
        like = likeness.alike_rows(some)
        like[np.arange(len(some)), some] = 0
        return score(like)

    def without(some: Labels) -> Floats:
        like = likeness.alike_rows(some)
        like[:, labels == labels[some[0]]] = 0
        return score(like)

    return Ridge(score, held_out, without)


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


def _invert(matrix: Floats) -> Floats:
    """Of a symmetric positive definite matrix: half the work of the general way."""
    from scipy.linalg.lapack import spotrf, spotri

    lower, failed = spotrf(matrix, lower=True)
    if failed:
        return as_floats(np.linalg.inv(matrix))
    half, _ = spotri(lower, lower=True)
    return as_floats(np.tril(half) + np.tril(half, -1).T)


def _invert_lower(lower: NDArray[Any]) -> NDArray[Any]:
    """Of a triangular matrix with no zero on its diagonal: a sixth of the work."""
    from scipy.linalg.lapack import dtrtri

    inverse, failed = dtrtri(lower, lower=True)
    assert not failed, "a Cholesky factor has no zero on its diagonal"
    return np.asarray(inverse)
