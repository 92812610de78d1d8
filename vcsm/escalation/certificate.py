"""What verdicts prove about false alarms: a threshold whose share of false alarms is bounded.

`certify` and `bound_everywhere` take verdicts on a *random* sample of escalations (answers that
members volunteer are biased) and assume that they are exchangeable, which `drift` tests. If a
higher score never means more false alarms, both guarantees are exact for any number of verdicts.

`certify` answers one question asked before looking: learn-then-test (Angelopoulos et al. 2021) with
exact binomial tests over thresholds, in the order of the fallback procedure (Wiens 2003): from
strict thresholds to loose ones, each passed test hands its error budget on to the next.
`bound_everywhere` holds for all thresholds at once, so any share may be picked after looking.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, betaincinv

STEP = 1.03
"""Ratio between the numbers of verdicts above neighbouring tested thresholds."""
STARTS = ((1 / 8, 0.1), (1 / 3, 0.9))
"""Where testing starts: share of verdicts above the threshold, and part of the error budget spent
there. There are two starts so that one unlucky verdict at the very top does not end the testing,
and a score that is good only at the top can still be certified."""
WIDE_STEP = 1.3
"""Like `STEP`, for `bound_everywhere`: wider, as each threshold costs part of the error budget."""
MOST_MISSING = 1_000_000


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Scores, and whether each was a false alarm. In time order and of equal length."""

    scores: NDArray[np.float64]
    false_alarms: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.scores)


@dataclass(frozen=True, slots=True)
class Bound:
    """If everything that scores `threshold` or more is sent, at most `upper` are false alarms."""

    threshold: float
    sent: int
    """Verdicts at or above the threshold."""
    false: int
    """False alarms among them."""
    upper: float
    """Upper limit of the share of false alarms, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was proven. `bound` is the loosest proven one, or, if none was, the nearest to it."""

    certified: bool
    bound: Bound | None
    verdicts: int
    missing: int
    """How many more verdicts, none of them a false alarm, it takes to certify something."""

    @property
    def escalated_share(self) -> float:
        """Share of judged escalations that would still be sent; 0 while nothing is certified."""
        return self.bound.sent / self.verdicts if self.certified and self.bound else 0.0


def certify(verdicts: Verdicts, *, max_false_share: float, confidence: float) -> Certificate:
    """Finds the loosest threshold whose share of false alarms is provably small enough.

    With probability `confidence`, its long-run share of false alarms is at most `max_false_share`.
    Both lie in (0, 1), else ValueError, and must be chosen without looking at the verdicts.
    """
    check_asked(max_false_share=max_false_share, confidence=confidence)
    proven, nearest = _test_in_order(_tops(verdicts), max_false_share, 1 - confidence)
    missing = 0 if proven else _missing(verdicts, max_false_share, 1 - confidence)
    return Certificate(proven is not None, proven or nearest, len(verdicts), missing)


def bound_everywhere(verdicts: Verdicts, *, confidence: float) -> list[Bound]:
    """Returns bounds that, with probability `confidence`, all hold at once; strictest first.

    A member may therefore look at all of them and then choose (Goeman & Solari 2011; here by
    Bonferroni over thresholds fixed by their number of verdicts, with exact Clopper-Pearson
    limits).
    """
    check_asked(max_false_share=0.5, confidence=confidence)
    tops = _tops(verdicts)
    counts = _counts(tops.total, step=WIDE_STEP, smallest=_fewest(0.5, 1 - confidence))
    level = (1 - confidence) / max(1, len(counts))
    return [tops.bound(count, level) for count in counts]


def choose_everywhere(bounds: Sequence[Bound], *, max_false_share: float) -> Bound | None:
    """Returns the loosest bound within the share, or None; valid though chosen after looking."""
    holding = [bound for bound in bounds if bound.upper <= max_false_share]
    return max(holding, key=lambda bound: bound.sent, default=None)


def check_asked(*, max_false_share: float, confidence: float) -> None:
    """Raises ValueError, with a sentence, unless both lie strictly between 0 and 1."""
    for name, value in (("max_false_share", max_false_share), ("confidence", confidence)):
        if not 0 < value < 1:
            raise ValueError(f"{name} must lie between 0 and 1, and is {value}.")


@dataclass(frozen=True, slots=True)
class _Tops:
    """Verdicts from the highest score down, with running counts of false alarms."""

    scores: NDArray[np.float64]
    false: NDArray[np.int64]
    """`false[k]`: false alarms among the first k; k from 0 to `total`."""

    @property
    def total(self) -> int:
        return len(self.scores)

    def whole(self, count: int) -> int:
        """Extends `count` over all that score the same as its last: a threshold cannot split it."""
        return int(np.searchsorted(-self.scores, -self.scores[count - 1], side="right"))

    def bound(self, count: int, level: float) -> Bound:
        """Clopper-Pearson's upper limit at confidence 1 - `level`."""
        sent = self.whole(count)
        false = int(self.false[sent])
        upper = 1.0 if false == sent else float(betaincinv(false + 1, sent - false, 1 - level))
        return Bound(float(self.scores[sent - 1]), sent, false, upper)


def _tops(verdicts: Verdicts) -> _Tops:
    order = np.argsort(-verdicts.scores, kind="stable")
    false = np.concatenate([[0], np.cumsum(verdicts.false_alarms[order])]).astype(np.int64)
    return _Tops(verdicts.scores[order], false)


def _test_in_order(tops: _Tops, share: float, budget: float) -> tuple[Bound | None, Bound | None]:
    """Returns the loosest proven bound, and the one that came nearest to being proven."""
    smallest = _fewest(share, budget)
    counts = _counts(tops.total, step=STEP, smallest=smallest)
    grants = _grants(counts, share=share, budget=budget)
    proven = nearest = None
    level = 0.0
    for count in counts:
        level += grants.get(count, 0.0)
        bound = tops.bound(count, level or budget)
        if nearest is None or bound.upper < nearest.upper:
            nearest = bound
        if level and bdtr(bound.false, bound.sent, share) <= level:
            proven = bound
        else:
            level = 0.0
    return proven, nearest


def _counts(total: int, *, step: float, smallest: int) -> list[int]:
    """Returns the numbers of verdicts above tested thresholds, rising. `total` alone fixes them."""
    counts: list[int] = []
    count = float(total)
    while count >= smallest:
        counts.append(int(count))
        count = min(count / step, count - 1)
    return counts[::-1]


def _grants(counts: Sequence[int], *, share: float, budget: float) -> dict[int, float]:
    """Maps the counts at which testing starts to the error budget that each gets."""
    if not counts:
        return {}
    total = counts[-1]
    # A start that could pass only without a single false alarm would waste its share of the budget.
    able = [
        (start, part)
        for start, part in STARTS
        if total * start >= _fewest(share, part * budget, false=1)
    ]
    if not able:
        return {_nearest(counts, min(total, _fewest(share, budget, false=1))): budget}
    whole = sum(part for _, part in able)
    grants: dict[int, float] = {}
    for start, part in able:
        count = _nearest(counts, total * start)
        grants[count] = grants.get(count, 0.0) + budget * part / whole
    return grants


def _nearest(counts: Sequence[int], wanted: float) -> int:
    return min(counts, key=lambda count: abs(count - wanted))


def _fewest(share: float, level: float, *, false: int = 0) -> int:
    """Returns the fewest verdicts that, with `false` false alarms, prove the share at a level."""
    count = max(false + 1, math.ceil(math.log(level) / math.log1p(-share) - 1e-9))
    while bdtr(false, count, share) > level:
        count += 1
    return count


def _missing(verdicts: Verdicts, share: float, budget: float) -> int:
    """Returns how many more verdicts it takes to certify, all at the top and none a false alarm.

    Gives up beyond `MOST_MISSING`.
    """

    def proves(more: int) -> bool:
        top = np.full(more, np.max(verdicts.scores, initial=0.0) + 1.0)
        added = Verdicts(
            np.concatenate([top, verdicts.scores]),
            np.concatenate([np.zeros(more, bool), verdicts.false_alarms]),
        )
        return _test_in_order(_tops(added), share, budget)[0] is not None

    high = 1
    while not proves(high) and high < MOST_MISSING:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if proves(middle) else (middle, high)
    return high
