"""What held-out scores are worth against those of messages, which meet one example more. Pure.

Leaving one of an intent's k examples out tells of k - 1; a message meets all k, looks better known,
and more are kept than is promised. So a second one is left out too, which shows what the step from
k - 2 to k - 1 was worth, and errors that fall as 1 / k (the usual learning curve) say what the next
step is.
"""

from collections.abc import Callable

import numpy as np

from vcsm.intent.guess import Floats, Labels, as_floats


def choose_partners(labels: Labels, rows: Labels, step: int) -> Labels:
    """For each of the `rows` the one `step` places on in its intent, in a circle; else -1."""
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
    """Sorted scores (rows,) as they would be with one example more of each intent.

    `scores` are those with each of the `rows` (of `labels`) left out, `score_two` gives them with
    a partner left out as well, for up to so many `partners` in turn. Quantiles are moved, not
    single scores: an example far from all others stays far, but another one might have come near.
    """
    counts = np.bincount(labels)[labels[rows]]
    one, two = [], []
    for step in range(1, partners + 1):
        beside = choose_partners(labels, rows, step)
        # With both its examples gone the intent is gone, and the text is none of these.
        able = (beside >= 0) & (counts > 2)
        one.append(scores[able])
        two.append(score_two(rows[able], beside[able]))
    middle = (np.arange(len(rows)) + 0.5) / len(rows)
    known = np.sort(scores)
    if not len(one[0]):
        return as_floats(known)
    gained = np.quantile(np.concatenate(one), middle) - np.quantile(np.concatenate(two), middle)
    # From 1/(k-2) - 1/(k-1) to 1/(k-1) - 1/k.
    smaller = np.maximum(1 - 2 / counts, 0).mean()
    return as_floats(np.sort(known + smaller * gained))
