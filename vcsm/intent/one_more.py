"""Corrects held-out scores for the one example fewer that they are computed with. Pure.

Leaving out one of an intent's k examples compares it with k - 1. A live message meets all k, so it
looks better known and more messages are kept than promised. Leaving out a second one as well shows
what the step from k - 2 to k - 1 was worth, and errors that fall as 1 / k (the usual learning
curve) give the next step.
"""

from collections.abc import Callable

import numpy as np

from vcsm.intent.guess import Floats, Labels, as_floats


def choose_partners(labels: Labels, rows: Labels, step: int) -> Labels:
    """Returns for each row the one `step` places on in its intent, in a circle; else -1."""
    partners = np.full(len(rows), -1)
    order = np.argsort(labels[rows], kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(labels[rows][order])) + 1)
    for places in parts:
        if len(places) > step:
            partners[places] = rows[np.roll(places, -step)]
    return partners


def add_one_more(
    scores: Floats,
    labels: Labels,
    rows: Labels,
    *,
    partners: int,
    score_two: Callable[[Labels, Labels], Floats],
) -> Floats:
    """Returns sorted scores (rows,) as they would be with one more example of each intent.

    `scores` are those with each of the `rows` (of `labels`) left out; `score_two` gives them with a
    partner left out as well, for up to `partners` partners in turn. Quantiles are moved, not single
    scores: an example far from all others stays far, but another one might have come near.
    """
    counts = np.bincount(labels)[labels[rows]]
    one, two = [], []
    for step in range(1, partners + 1):
        beside = choose_partners(labels, rows, step)
        # An intent that loses both its examples is gone, and its text would be none of the intents.
        able = (beside >= 0) & (counts > 2)
        one.append(scores[able])
        two.append(score_two(rows[able], beside[able]))
    middle = (np.arange(len(rows)) + 0.5) / len(rows)
    known = np.sort(scores)
    if not len(one[0]):
        return as_floats(known)
    gained = np.quantile(np.concatenate(one), middle) - np.quantile(np.concatenate(two), middle)
    # The step 1/(k-1) - 1/k as a share of the step 1/(k-2) - 1/(k-1).
    smaller = np.maximum(1 - 2 / counts, 0).mean()
    return as_floats(np.sort(known + smaller * gained))
