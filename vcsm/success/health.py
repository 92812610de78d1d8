"""How well the relation with an account stands: one number, its parts, and what was not seen. Pure.

A part about which nothing is known is left out and named, never read as health; with fewer than two
known parts there is no number. Each part is 0 (bad) to 1 (good), and the number is 100 times their
mean weighted by `WEIGHTS`. These weights are written, not learnt: to learn them we would have to be
told which renewals ended well or badly.
"""

from dataclasses import dataclass

WEIGHTS = {
    "usage": 0.25,
    "friction": 0.25,
    "calls": 0.15,
    "promises": 0.15,
    "voice": 0.1,
    "first_steps": 0.1,
}
LEAST_KNOWN = 2
FAIR, GOOD = 40.0, 70.0
"""Numbers from which on health is called fair, and good."""
MOVED = 5.0
"""A smaller difference between two numbers is no trend."""
HEAVY_LOAD = 1.0
"""Severity per visit at which the part `friction` is one half."""
ENOUGH_CALLS = 3.0
"""Calls for a person at which the part `calls` is 0; each counts half as recent, half as open."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What was counted for an account over the fortnight up to a moment."""

    visits: int = 0
    visits_before: int = 0
    """Visits in the fortnight before."""
    severity: float = 0.0
    """Sum over all friction signals of the fortnight."""
    calls_open: int = 0
    calls: int = 0
    """Escalations opened in the fortnight."""
    promises: int = 0
    """Promises that are open, or were settled within a quarter."""
    promises_late: int = 0
    """Those of them that are open past their date, or were withdrawn."""
    ratings: int = 0
    """Ratings in the last quarter."""
    rating_sum: int = 0
    steps: int = 0
    """Number of first steps, times contacts."""
    steps_done: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    value: float | None
    """0 to 1; None if nothing is known."""
    weight: float
    says: str


@dataclass(frozen=True, slots=True)
class Health:
    score: int | None
    """0 to 100; None if too little is known."""
    word: str
    """`good`, `fair`, `poor` or `unknown`."""
    parts: tuple[Part, ...]


def judge_health(signs: Signs) -> Health:
    """Weighs the parts into one number, from what was counted for the account."""
    parts = (
        _usage(signs),
        _friction(signs),
        _calls(signs),
        _promises(signs),
        _voice(signs),
        _first_steps(signs),
    )
    known = [(part.value, part.weight) for part in parts if part.value is not None]
    if len(known) < LEAST_KNOWN:
        return Health(None, "unknown", parts)
    whole = sum(weight for _, weight in known)
    # The word fits the number that is shown: 69.6 is shown as 70, and 70 is good.
    score = round(100 * sum(value * weight for value, weight in known) / whole)
    word = "good" if score >= GOOD else "fair" if score >= FAIR else "poor"
    return Health(score, word, parts)


def trend_of(now: Health, before: Health) -> str:
    """Returns `rising`, `falling`, `steady`, or `unknown` if either has no number."""
    if now.score is None or before.score is None:
        return "unknown"
    moved = now.score - before.score
    return "rising" if moved >= MOVED else "falling" if moved <= -MOVED else "steady"


def _usage(signs: Signs) -> Part:
    if not signs.visits and not signs.visits_before:
        return _part("usage", None, "No visit in four weeks.")
    # As many visits as before is full marks; twice as many is no better.
    value = min(1.0, (signs.visits + 1) / (signs.visits_before + 1))
    return _part(
        "usage", value, f"{_many(signs.visits, 'visit')} in 14 days, {signs.visits_before} before."
    )


def _friction(signs: Signs) -> Part:
    if not signs.visits:
        return _part("friction", None, "No visit in 14 days to be stuck in.")
    load = signs.severity / signs.visits
    value = HEAVY_LOAD / (HEAVY_LOAD + load)
    return _part("friction", value, f"Struggle of {load:.2f} a visit; {HEAVY_LOAD:g} is heavy.")


def _calls(signs: Signs) -> Part:
    if not signs.visits and not signs.calls_open:
        return _part("calls", None, "No visit in 14 days that could have called anybody.")
    value = max(0.0, 1 - (signs.calls + signs.calls_open) / 2 / ENOUGH_CALLS)
    says = f"{_many(signs.calls_open, 'open call')} for a person, {signs.calls} made in 14 days."
    return _part("calls", value, says)


def _promises(signs: Signs) -> Part:
    if not signs.promises:
        return _part("promises", None, "No promises yet.")
    value = 1 - signs.promises_late / signs.promises
    says = f"{signs.promises_late} of {_many(signs.promises, 'promise')} late or withdrawn."
    return _part("promises", value, says)


def _voice(signs: Signs) -> Part:
    if not signs.ratings:
        return _part("voice", None, "Nobody rated the help in 90 days.")
    mean = signs.rating_sum / signs.ratings
    return _part("voice", (mean - 1) / 4, f"{mean:.1f} of 5 from {_many(signs.ratings, 'rating')}.")


def _first_steps(signs: Signs) -> Part:
    if not signs.steps:
        return _part("first_steps", None, "No first steps are defined, or nobody is known.")
    says = f"{signs.steps_done} of {signs.steps} first steps done."
    return _part("first_steps", signs.steps_done / signs.steps, says)


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _part(name: str, value: float | None, says: str) -> Part:
    return Part(name, value, WEIGHTS[name], says)
