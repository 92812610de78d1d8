"""Do the certificate and the recall interval hold in worlds whose truth is planted?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from vcsm.escalation.certificate import Verdicts
from vcsm.escalation.drift import find_drift
from vcsm.escalation.silence import Sampled, estimate_recall
from vcsm.escalation.standing import stand

Floats = NDArray[np.float64]

MAX_FALSE_SHARE = 0.2
RECALL_CONFIDENCE = 0.9
GRID = np.linspace(0, 1, 2001)
CHANGES = {
    "none": (0.15, 0.15),
    "from_10_to_30": (0.1, 0.3),
    "from_5_to_40": (0.05, 0.4),
}
"""Shares of false alarms before and after the middle of 200 verdicts."""
SMALLEST_ORACLE = 0.02
"""An oracle that would send less than this share counts as one that sends nothing."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One world's certificate at one confidence."""

    certified: bool
    broken: bool
    kept: float | None
    """Escalations kept, as a share of those an oracle would keep; None where it would keep none."""


def draw_false_share(draw: Generator) -> Callable[[Floats], Floats]:
    """Draws the true chance of a false alarm at each score from 0 to 1. Mostly it falls in a curve,
    but some scores say nothing (good or bad), and some have a top worse than their middle."""
    kind, low, high = draw.random(), draw.uniform(0, 0.1), draw.uniform(0.35, 0.9)
    middle, width = draw.uniform(0.15, 0.6), draw.uniform(0.05, 0.2)
    flat = draw.choice([0.05, 0.1, 0.21, 0.25, 0.4])
    if kind < 0.1:
        return lambda scores: np.full(len(scores), flat)
    if kind < 0.2:
        return lambda scores: (
            low
            + (high - low) * (1 / (1 + np.exp((scores - middle) / width)) + 0.3 * (scores > 0.93))
        )
    return lambda scores: low + (high - low) / (1 + np.exp((scores - middle) / width))


def prove(draw: Generator, *, deltas: tuple[float, ...]) -> list[Proof]:
    """Returns one world's certificates at each error probability, from the same verdicts."""
    false_share = draw_false_share(draw)
    scores = draw.random(draw.integers(200, 601))
    verdicts = Verdicts(scores, draw.random(len(scores)) < false_share(scores))
    falling = false_share(GRID[::-1])
    shares = np.cumsum(falling) / np.arange(1, len(GRID) + 1)
    kept_by_oracle = float(np.flatnonzero(shares <= MAX_FALSE_SHARE).max(initial=-1) + 1)
    oracle = kept_by_oracle / len(GRID)
    proofs = []
    for delta in deltas:
        found = stand(verdicts, max_false_share=MAX_FALSE_SHARE, confidence=1 - delta)
        kept = 1 - found.threshold if found.threshold is not None else 0.0
        truth = shares[max(0, int(kept * len(GRID)) - 1)]
        proofs.append(
            Proof(
                certified=found.certified,
                broken=found.certified and bool(truth > MAX_FALSE_SHARE),
                kept=min(1.0, kept / oracle) if oracle >= SMALLEST_ORACLE else None,
            )
        )
    return proofs


def recall_covered(draw: Generator) -> bool:
    """Returns whether the interval of a world's silence audit holds the planted recall."""
    sent, silent = int(draw.integers(60, 400)), int(draw.integers(500, 4000))
    needed_sent = int(draw.binomial(sent, draw.uniform(0.5, 0.95)))
    missed = int(draw.binomial(silent, draw.uniform(0.005, 0.08)))
    judged, audited = int(draw.integers(sent // 3, sent + 1)), int(draw.integers(40, 200))
    found = estimate_recall(
        sent=Sampled(
            sent, judged, int(draw.hypergeometric(needed_sent, sent - needed_sent, judged))
        ),
        silent=Sampled(silent, audited, int(draw.hypergeometric(missed, silent - missed, audited))),
        confidence=RECALL_CONFIDENCE,
    )
    return found.low <= needed_sent / max(1, needed_sent + missed) <= found.high


def drift_seen(draw: Generator) -> dict[str, bool]:
    """Returns, for each of `CHANGES`, whether drift is called."""
    return {
        name: find_drift(
            Verdicts(draw.random(200), draw.random(200) < np.repeat(shares, 100)),
            threshold=None,
            seed=int(draw.integers(2**31)),
        )
        for name, shares in CHANGES.items()
    }
