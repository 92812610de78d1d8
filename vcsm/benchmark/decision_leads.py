"""How much earlier the product sees a need than points do, when both call equally often."""

import numpy as np
from numpy.random import Generator

from vcsm.benchmark.decision_worlds import NAMES, Floats, World, draw_rows, points_of
from vcsm.escalation.probability import Model, chances

CASES = 60
CALLS = 12
MINUTES = 30
GROWING = ("failed help", "dismissed help", "no article fits", "unanswered before", "asked intent")


def lead_gains(world: World, model: Model, draw: Generator) -> list[float]:
    """Returns the product's lead less that of points, in minutes, for each contact who was in need.

    A need shows (the contact gives up) at some minute; a case that was not called by then has no
    lead. Both call for the same number of cases: equal alert volume (Fawcett & Provost 1999).
    """
    final = draw_rows(CASES, draw)
    course = _unfold(final, draw)
    needed = draw.random(CASES) < 1 / (1 + np.exp(-(final @ world.weights)))
    ends = np.where(needed, draw.integers(10, MINUTES, CASES), MINUTES)
    ties = draw.random(CASES) * 1e-6
    leads = [_leads(scores + ties, ends) for scores in (chances(model, course), points_of(course))]
    gains: list[float] = (leads[0] - leads[1])[needed].tolist()
    return gains


def _unfold(final: Floats, draw: Generator) -> Floats:
    """Returns each case minute by minute, shape (minutes, cases, features), as its signs appear."""
    clock = np.arange(1, MINUTES + 1)[:, None]
    course = np.repeat(final[None], MINUTES, axis=0)
    grown = np.minimum(1.0, clock / draw.uniform(5, 25, CASES))
    course[..., NAMES.index("struggle")] *= grown
    course[..., NAMES.index("repetition")] *= grown
    for name in GROWING:
        course[..., NAMES.index(name)] *= clock >= draw.uniform(1, 20, CASES)
    return course


def _leads(scores: Floats, ends: Floats) -> Floats:
    """Returns minutes from the first one at the threshold to the end; 0 for cases not called."""
    clock = np.arange(1, MINUTES + 1)[:, None]
    seen = np.where(clock < ends, scores, -np.inf)
    threshold = np.sort(seen.max(axis=0))[-CALLS]
    called = seen >= threshold
    first = np.where(called.any(axis=0), called.argmax(axis=0) + 1, ends)
    return np.asarray(ends - first, np.float64)
