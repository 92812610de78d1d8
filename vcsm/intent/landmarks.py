"""The ridge for thousands of examples of few intents, on landmarks among them (Nystroem)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcsm.intent.guess import Floats, Labels, as_floats
from vcsm.intent.likeness import Likeness
from vcsm.intent.ridge import PENALTY, Pair, Ridge, invert, one_hot


def choose_landmarks(labels: Labels, at_most: int) -> Labels:
    """Returns up to `at_most` rows, evenly from all intents; a refit chooses the same ones."""
    order = np.argsort(labels, kind="stable")
    start = np.searchsorted(labels[order], labels[order], side="left")
    rank = np.arange(len(order)) - start
    chosen = order[np.argsort(rank, kind="stable")][:at_most]
    return np.sort(chosen)


def fit_landmarks(likeness: Likeness, labels: Labels, intents: int) -> Ridge:
    anchors, rows = likeness.anchors, np.arange(len(labels))
    between = likeness.alike_rows(anchors).astype(np.float64)
    lower = np.linalg.cholesky(between + 1e-3 * np.eye(len(anchors)))
    mapping = _invert_lower(lower).T.astype(np.float32)
    parts = np.array_split(rows, len(rows) // 1000 + 1)
    mapped = np.concatenate([likeness.alike_rows(part) @ mapping for part in parts])
    inverse = invert(mapped.T @ mapped + PENALTY * np.eye(len(anchors), dtype=np.float32))
    sums = np.zeros((intents, len(anchors)), np.float32)
    np.add.at(sums, labels, mapped)
    weights = inverse @ sums.T
    whole = as_floats(mapping @ weights)

    def residual(some: Labels) -> Floats:
        return as_floats(one_hot(labels[some], intents) - mapped[some] @ weights)

    def hat(some: Labels, others: Labels) -> Floats:
        return as_floats(((mapped[some] @ inverse) * mapped[others]).sum(axis=1))

    def held_out(some: Labels) -> Floats:
        targets = one_hot(labels[some], intents)
        return as_floats(targets - residual(some) / np.maximum(1 - hat(some, some), 1e-3)[:, None])

    def held_out_two(some: Labels, others: Labels) -> Floats:
        block = Pair(1 - hat(some, some), 1 - hat(others, others), -hat(some, others))
        targets = one_hot(labels[some], intents)
        return as_floats(targets - block.solve(residual(some), residual(others)))

    def without(some: Labels) -> Floats:
        among = mapped[some] @ inverse @ mapped[some].T
        rest = np.eye(len(some), dtype=np.float32) * (1 + 1e-4) - among
        return as_floats(one_hot(labels[some], intents) - np.linalg.solve(rest, residual(some)))

    return Ridge(lambda like: as_floats(like @ whole), held_out, held_out_two, without)


def _invert_lower(lower: NDArray[Any]) -> NDArray[Any]:
    """Inverts a lower triangular matrix without zeros on its diagonal: a sixth of the work."""
    from scipy.linalg.lapack import dtrtri

    inverse, failed = dtrtri(lower, lower=True)
    assert not failed, "a Cholesky factor has no zero on its diagonal"
    return np.asarray(inverse)
