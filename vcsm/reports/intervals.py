"""How sure a share is."""

from scipy.stats import beta

SURE = 0.95


def share_between(hits: int, seen: int) -> tuple[float, float]:
    """The 95 % interval of a share, 0 to 1 (Jeffreys; Brown, Cai & DasGupta 2001)."""
    if seen <= 0:
        return 0.0, 1.0
    side = (1 - SURE) / 2
    low = 0.0 if hits == 0 else float(beta.ppf(side, hits + 0.5, seen - hits + 0.5))
    high = 1.0 if hits >= seen else float(beta.ppf(1 - side, hits + 0.5, seen - hits + 0.5))
    return round(low, 4), round(high, 4)
