"""Chooses the ridge that suits the number of examples and intents.

Up to `EXACT_UP_TO` examples it is the exact one; above that, the same algebra on landmarks; with
more than `MANY_INTENTS` intents as well, a small ridge for each text among its neighbours.
"""

import numpy as np

from vcsm.intent.guess import Labels
from vcsm.intent.landmarks import choose_landmarks, fit_landmarks
from vcsm.intent.likeness import Likeness
from vcsm.intent.local import fit_local
from vcsm.intent.ridge import Ridge, fit_exact

EXACT_UP_TO = 3_000
LANDMARKS = 2_000
MANY_INTENTS = 500
"""Number of intents above which the landmarks are too few for them all."""


def choose_anchors(labels: Labels, intents: int) -> Labels:
    """Returns the rows of the examples a text is compared with: all of them, or landmarks."""
    if len(labels) <= EXACT_UP_TO or intents > MANY_INTENTS:
        return np.arange(len(labels))
    return choose_landmarks(labels, LANDMARKS)


def fit_ridge(likeness: Likeness, labels: Labels, intents: int) -> Ridge:
    """Fits one ridge for all intents. `labels` (n,) are 0..intents-1."""
    if len(labels) <= EXACT_UP_TO:
        return fit_exact(likeness, labels, intents)
    if intents <= MANY_INTENTS:
        return fit_landmarks(likeness, labels, intents)
    return fit_local(likeness, labels, intents)
