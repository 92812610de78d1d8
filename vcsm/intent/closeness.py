"""How close a text is to the examples, in a few numbers that tell known from novel."""

from dataclasses import dataclass

import numpy as np

from vcsm.intent.guess import Floats, Labels, as_floats

ABSENT = -1.0
"""Value below every likeness, for an intent or example that is left out."""

MEASURES = 6

USUAL_SHARE = 30.0
"""Number of examples at which an intent's own usual closeness weighs as much as the mean of all."""


@dataclass(frozen=True)
class Standing:
    """How texts compare with examples and intents.

    Rows are texts. `similar` is (texts, examples); the others are (texts, intents).
    """

    ridge: Floats
    centre: Floats
    similar: Floats
    balance: float
    """Weight of the likeness to an intent's centre beside the ridge's score."""

    @property
    def blend(self) -> Floats:
        return self.ridge + self.balance * self.centre


def measure(standing: Standing) -> Floats:
    """Returns (texts, 6): ridge best and lead, centre best, nearest one and three, blended best."""
    ridge_best, ridge_lead = _best_and_lead(standing.ridge)
    centre_best, _ = _best_and_lead(standing.centre)
    blend_best, _ = _best_and_lead(standing.blend)
    return np.stack(
        [
            ridge_best,
            ridge_lead,
            centre_best,
            standing.similar.max(axis=1),
            _mean_of_best(standing.similar, 3),
            blend_best,
        ],
        axis=1,
    ).astype(np.float32)


def usual_closeness(measures: Floats, labels: Labels, intents: int) -> Floats:
    """Returns (intents, 6) each intent's mean held-out measures, shrunk towards the mean of all.

    Some intents are tight and some are wide; a distance that is normal for one is novel for
    another. With few examples per intent the pooled mean must weigh more (James-Stein).
    """
    overall = measures.mean(axis=0)
    sums = np.zeros((intents, measures.shape[1]))
    np.add.at(sums, labels, measures - overall)
    counts = np.bincount(labels, minlength=intents)[:, None]
    return as_floats(overall + sums / (counts + USUAL_SHARE))


def centres(features: Floats, labels: Labels, intents: int) -> Floats:
    """Returns (intents, width) sums of each intent's features, not scaled to length 1."""
    sums = np.zeros((intents, features.shape[1]), np.float32)
    np.add.at(sums, labels, features)
    return sums


def unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return as_floats(vectors / np.maximum(length, 1e-12))


def _best_and_lead(scores: Floats) -> tuple[Floats, Floats]:
    if scores.shape[1] == 1:
        return scores[:, 0], scores[:, 0]
    best_two = np.partition(scores, -2, axis=1)[:, -2:]
    return best_two[:, 1], best_two[:, 1] - best_two[:, 0]


def _mean_of_best(similar: Floats, count: int) -> Floats:
    count = min(count, similar.shape[1])
    best: Floats = np.partition(similar, -count, axis=1)[:, -count:].mean(axis=1)
    return best
