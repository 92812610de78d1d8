"""Whose a problem is (the product's, one account's, the fleet's), and which alarms share a cause.

Log rate = what is usual for the stream + what moves the whole fleet + what is the account's own. A
release that breaks a button hits whoever comes by. An account in trouble is hit where others are
not, and that stays its own matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc, pdtrc

from vcsm.problems.detect import HOUR_STEPS

Floats = NDArray[np.float64]

PRODUCT, ACCOUNT, FLEET = "product", "account", "fleet"
OWN_SHARE = 0.6
"""An account's share of the hits beyond the usual from which it may be its own matter."""
OWN_LEAST = 3
REST_USUAL = 0.01
"""Chance below which that many hits, the account's or the rest's, are no accident."""
REST_WORSE = 1.5
"""How many times their usual the other accounts may have, on a bad day, and not count as struck."""
REST_PART = 0.2
"""Hits beyond the usual that the rest must have too, as a part of the account's own excess: places
hit by the same sessions, and days that differ, make a test by chance alone too easily surprised."""
SOON_STEPS = 3 * HOUR_STEPS
"""A cause that seemed over is the same one when it shows again within three hours."""
SAME_TIME_STEPS = 3 * HOUR_STEPS // 2
"""Onsets this close, 90 minutes, may be one cause."""
OVERNIGHT_STEPS = 18 * HOUR_STEPS
"""On a page with a standing problem, little-used elements may show it only the next morning."""
SLOW_STEPS = HOUR_STEPS // 2
"""Alarms that took half an hour are on little-used places: that they began later proves nothing."""
SHARED_SESSIONS = 0.3
"""Share of the smaller alarm's hit sessions that both must have hit to be one cause."""
BEYOND_ALL = 10.0
"""Sure lift from which no bad day of the whole fleet explains what a place has."""
STANDS_OUT = 3.0
"""Sure lift, over how bad the whole fleet is, from which a place stands out."""


@dataclass(frozen=True, slots=True)
class Outbreak:
    """A stream in alarm, as it is grouped. Times are steps; `sessions` were hit since the onset."""

    page: str
    element: str
    """The element on the page; empty for the page as a whole."""
    name: str
    """The element's name, the same wherever it stands; empty when it has none."""
    scope: str
    account: int | None
    onset: int
    at: int
    """When it was noticed; the onset is only an estimate."""
    sessions: frozenset[int] = frozenset()
    lift: float = 1.0
    """How many times the usual it has surely been hit since its onset; see `sure_lift`."""


def tell_scope(
    accounts: Sequence[int | None], *, usual: float, shares: Mapping[int, float]
) -> tuple[str, int | None]:
    """Returns the scope, and the account when it is that account's own matter.

    `accounts` are those of the sessions hit since the onset, `usual` the hits that would have been
    expected at most, and `shares` (0 to 1) each account's usual part of all sessions. It is an
    account's own matter when the account has most of the hits, more than its size explains, and
    nothing is left to explain without it.
    """
    known, counts = np.unique([one for one in accounts if one is not None], return_counts=True)
    if not len(known):
        return PRODUCT, None
    top = int(counts.argmax())
    most, rest = int(counts[top]), len(accounts) - int(counts[top])
    share = shares.get(int(known[top]), 0.0)
    excess = most - usual * share
    if most < OWN_LEAST or excess < OWN_SHARE * (len(accounts) - usual):
        return PRODUCT, None
    if bdtrc(most - 1, len(accounts), min(share, 1.0)) > REST_USUAL:
        return PRODUCT, None
    left = REST_WORSE * usual * (1 - share)
    surprising = rest > 0 and pdtrc(rest - 1, max(left, 1e-9)) < REST_USUAL
    if surprising and rest - left > REST_PART * excess:
        return PRODUCT, None
    return ACCOUNT, int(known[top])


def belongs_to(new: Outbreak, known: Outbreak, *, lasting: bool = False) -> bool:
    """Returns whether both have one cause. `lasting`: the known one has not ended, or only just."""
    together = (
        abs(new.onset - known.onset) <= SAME_TIME_STEPS or abs(new.at - known.at) <= SAME_TIME_STEPS
    )
    if FLEET in (new.scope, known.scope):
        return together and max(new.lift, known.lift) < BEYOND_ALL
    whose = (new.scope, new.account) == (known.scope, known.account)
    if lasting and new.page == known.page and not new.element and (whose or together):
        return True  # the page as a whole shows what one of its elements has
    # An alarm that took long to notice may have begun at any time in between. One that began much
    # later is something else, even on the same page or in the same sessions.
    later = new.onset - known.onset
    slow = lasting and later <= SAME_TIME_STEPS + new.at - new.onset
    if ACCOUNT in (new.scope, known.scope):
        return whose
    if new.page == known.page:
        same = new.element == known.element
        return together or slow or (lasting and (same or later <= OVERNIGHT_STEPS))
    if new.name == known.name != "":
        little_used = new.at - new.onset >= SLOW_STEPS
        return together or slow or (lasting and little_used and later <= OVERNIGHT_STEPS)
    return (together or slow) and _share_sessions(new.sessions, known.sessions)


def sure_lift(hits: float, usual: float) -> float:
    """Returns how many times the usual it is at least. An onset is chosen where much happened, so
    little is left of a few hits once two standard deviations of chance are taken off."""
    return max(1.0, (hits - 2 * sqrt(hits)) / (usual + 0.1))


def stands_out(hits: float, usual: float, *, everywhere: float) -> bool:
    """Returns whether a place has its own cause while the fleet is `everywhere` times as bad."""
    return sure_lift(hits, usual * everywhere) >= STANDS_OUT


def cap_hits(hits: Floats, usual: Floats) -> Floats:
    """Limits each page's hits to what chance could have made, because one page that breaks is not
    the whole fleet. All of shape (pages,)."""
    return np.asarray(np.minimum(hits, np.ceil(usual + 3 * np.sqrt(usual))))


def fleet_lift(hits: Floats, usual: Floats) -> float:
    """Returns how many times the usual the fleet has, at least 1; both of shape (pages,)."""
    return float(max(1.0, (cap_hits(hits, usual).sum() + 20) / (usual.sum() + 20)))


def everywhere_lift(hits: Floats, usual: Floats) -> float:
    """Returns the same once the whole fleet is known to be worse: the lift of the median page,
    weighted by what is usual there, so that no page broken by itself moves it. At least 1."""
    order = np.argsort(hits / np.maximum(usual, 1e-9), kind="stable")
    weight = np.cumsum(usual[order])
    if not len(order) or weight[-1] <= 0:
        return 1.0
    middle = order[int(np.searchsorted(weight, weight[-1] / 2))]
    return float(max(1.0, hits[middle] / max(usual[middle], 1e-9)))


def _share_sessions(one: frozenset[int], other: frozenset[int]) -> bool:
    least = min(len(one), len(other))
    return least >= OWN_LEAST and len(one & other) >= SHARED_SESSIONS * least
