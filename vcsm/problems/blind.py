"""A source that stopped: no hits because nobody could see any. Silence is not health."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SURPRISE = 1e-6
"""Chance of seeing nothing at which the silence is no accident any more."""
WORST = 0.3
"""Even a bad hour brings this part of the sessions that are usual."""


def find_blind(seen: Floats, usual: Floats) -> NDArray[np.bool_]:
    """Which sources are blind. Both are sessions over the same recent, closed stretch of time.

    With a usual of m sessions, none at all has the chance exp(-m · WORST) on a bad day; some but
    almost none are a source that still reports.
    """
    return np.asarray((seen <= 0) & (usual * WORST >= -np.log(SURPRISE)))
