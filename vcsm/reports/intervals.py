"""How certain a share is."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv

SURE = 0.95


def share_between(hits: int, seen: int) -> tuple[float, float]:
    """Returns the 95 % interval of a share, 0 to 1 (Jeffreys; Brown, Cai & DasGupta 2001)."""
    low, high = shares_between([hits], [seen])
    return float(low[0]), float(high[0])


def shares_between(
    hits: ArrayLike, seen: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Returns the lower and upper ends for many shares at once, each of shape (shares,)."""
    struck, shown = np.asarray(hits, dtype=np.float64), np.asarray(seen, dtype=np.float64)
    if not len(shown):
        return np.zeros(0), np.ones(0)
    side = (1 - SURE) / 2
    left = np.maximum(shown - struck, 0)
    low = np.where(struck <= 0, 0.0, betaincinv(struck + 0.5, left + 0.5, side))
    high = np.where(left <= 0, 1.0, betaincinv(struck + 0.5, left + 0.5, 1 - side))
    blank = shown <= 0
    low, high = np.where(blank, 0.0, low), np.where(blank, 1.0, high)
    return np.asarray(low, np.float64).round(4), np.asarray(high, np.float64).round(4)
