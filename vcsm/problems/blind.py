"""A source that stopped: no hits because nobody could see any. Silence is not health."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SURPRISE = 1e-6
"""Chance of seeing nothing below which the silence is no accident."""
WORST = 0.3
"""The part of the usual sessions that even a bad hour brings."""


def find_blind(seen: Floats, usual: Floats) -> NDArray[np.bool_]:
    """Returns which sources are blind, shape (sources,).

    `seen` and `usual` are sessions over the same recent, closed stretch of time. Where m sessions
    are usual, none at all has the chance exp(-m · WORST) on a bad day. A source with some sessions,
    however few, still reports.
    """
    return np.asarray((seen <= 0) & (usual * WORST >= -np.log(SURPRISE)))
