"""Autonomy is earned: how much evidence the next rung takes, and what takes a rung away. Pure.

Up: a member may consent once exact binomial lower bounds (Clopper & Pearson 1934) on the share that
members would have done as written, and on the share that nobody took back, reach the rung's bars.
Down: automatically, when an e-detector on reversals (CUSUM of likelihood ratios; Shin, Ramdas &
Rinaldo 2022) passes `ALARM`. While at most `TOLERABLE` of the acts are taken back, that happens
less than once in `ALARM` acts on average.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.special import betaincinv

from vcsm.governance.autonomy import Level, next_above

CONFIDENCE = 0.9
AS_WRITTEN: dict[Level, float] = {"shadow": 0.5, "suggest": 0.7, "approve": 0.8}
"""Rung → share done as written that must be proven to rise from it."""
NO_HARM: dict[Level, float] = {"approve": 0.9, "undoable": 0.95}
"""Rung → share not taken back that must be proven to rise from it."""

TOLERABLE, SUSPECT, ALARM = 0.05, 0.25, 500.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a use case has shown since it came to its rung."""

    judged: int = 0
    as_written: int = 0
    """Judged acts that a member did, or would have done, exactly so."""
    done: int = 0
    """Acts that were taken back, or have stood for `evidence.TIME_TO_TAKE_BACK`."""
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One share that must be proven."""

    what: str
    bound: float
    """Lower bound of the share, at `CONFIDENCE`."""
    needed: float
    seen: int
    missing: int
    """How many more acts, all of them good, until it is proven."""

    @property
    def passed(self) -> bool:
        return self.bound >= self.needed


@dataclass(frozen=True, slots=True)
class Promotion:
    """The next rung and what it takes; `ready` means that a member may consent to it now."""

    to: Level
    bars: tuple[Bar, ...]

    @property
    def ready(self) -> bool:
        return all(bar.passed for bar in self.bars)


def lower_bound(good: int, seen: int, *, confidence: float = CONFIDENCE) -> float:
    """Returns the exact lower bound of a share after `good` of `seen`."""
    if good <= 0:
        return 0.0
    return float(betaincinv(good, seen - good + 1, 1 - confidence))


def next_rung(
    level: Level, evidence: Evidence, *, rungs: tuple[Level, ...], cap: Level
) -> Promotion | None:
    """Returns what the next rung takes; None if there is none, or risk and list allow none."""
    allowed = rungs[: rungs.index(cap) + 1] if cap in rungs else ()
    above = next_above(level, allowed)
    if above is None or level == "off":
        return None
    bars = []
    if level in AS_WRITTEN:
        good, needed = evidence.as_written, AS_WRITTEN[level]
        bars.append(_bar("as written", good, evidence.judged, needed))
    if level in NO_HARM:
        seen = evidence.judged if level == "approve" else evidence.done
        bars.append(_bar("not taken back", seen - evidence.taken_back, seen, NO_HARM[level]))
    return Promotion(above, tuple(bars))


def too_many_reversals(taken_back: Iterable[bool]) -> bool:
    """Tells whether acts, in the order they were done, show that too many are taken back."""
    grown = 1.0
    for back in taken_back:
        ratio = SUSPECT / TOLERABLE if back else (1 - SUSPECT) / (1 - TOLERABLE)
        grown = max(grown, 1.0) * ratio
        if grown >= ALARM:
            return True
    return False


def _bar(what: str, good: int, seen: int, needed: float) -> Bar:
    return Bar(what, lower_bound(good, seen), needed, seen, _missing(good, seen, needed))


def _missing(good: int, seen: int, needed: float) -> int:
    more = 0
    while lower_bound(good + more, seen + more) < needed:
        # Doubling, then stepping back, would save little: a few hundred steps are the most.
        more += 1
    return more
