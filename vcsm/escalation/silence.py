"""What share of those who needed a human reached one, from audits of a random part of the rest.

What was not sent gets no verdict, so recall cannot be read off verdicts (selective labels:
Lakkaraju 2017). A member looks at a random sample of the "continue" decisions; Horvitz & Thompson's
estimate blows the needs found there up to all of them.
"""

from dataclasses import dataclass

from scipy.special import betaincinv

SILENT_PART = 0.85
"""Of the error budget."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """One kind of decisions: how many, how many of them were judged at random, how many in need."""

    total: int
    judged: int
    needed: int


@dataclass(frozen=True, slots=True)
class Recall:
    """`estimate` is None where nobody in need was found, or no silence was looked at."""

    estimate: float | None
    low: float
    high: float


def estimate_recall(*, sent: Sampled, silent: Sampled, confidence: float) -> Recall:
    """The interval covers with probability `confidence` at least: exact limits on both sides.

    What was judged completely needs no part of the error budget; else most goes to the silent, of
    whom fewer are judged. Raises ValueError for counts that
    cannot be.
    """
    for sampled in (sent, silent):
        if not 0 <= sampled.needed <= sampled.judged <= sampled.total:
            raise ValueError(f"{sampled} cannot be: needed <= judged <= total.")
    part = SILENT_PART if sent.judged < sent.total else 1.0
    sent_low, sent_high = _needed(sent, (1 - part) * (1 - confidence))
    silent_low, silent_high = _needed(silent, part * (1 - confidence))
    reached, missed = _expanded(sent), _expanded(silent)
    known = reached + missed > 0 and (silent.judged > 0 or silent.total == 0)
    return Recall(
        estimate=reached / (reached + missed) if known else None,
        low=sent_low / (sent_low + silent_high) if sent_low + silent_high else 0.0,
        high=sent_high / (sent_high + silent_low) if sent_high + silent_low else 1.0,
    )


def _expanded(sampled: Sampled) -> float:
    """Each judged case stands for as many as its chance of being judged says."""
    return sampled.needed * sampled.total / sampled.judged if sampled.judged else 0.0


def _needed(sampled: Sampled, level: float) -> tuple[float, float]:
    """How many were in need, of all: those seen, and Clopper-Pearson's limits for the unseen."""
    judged, needed = sampled.judged, sampled.needed
    unseen = sampled.total - judged
    if not unseen:
        return float(needed), float(needed)
    low = float(betaincinv(needed, judged - needed + 1, level / 2)) if needed else 0.0
    high = float(betaincinv(needed + 1, judged - needed, 1 - level / 2)) if judged > needed else 1.0
    return max(float(needed), low * sampled.total), min(
        float(needed + unseen), high * sampled.total
    )
