"""How a certificate stands: what verdicts prove, unless they show that the world has changed."""

from dataclasses import dataclass

import numpy as np

from vcsm.escalation.certificate import Verdicts, certify
from vcsm.escalation.drift import find_drift


@dataclass(frozen=True, slots=True)
class Standing:
    """What `manage.py certify` prints and the console shows."""

    threshold: float | None
    """Send what scores this much or more; None while nothing is certified."""
    certified: bool
    upper_bound: float | None
    """Limit of the false-alarm share at the threshold, or where it came nearest; None: no bound."""
    escalated_share: float
    verdicts: int
    verdicts_missing: int
    drift: bool


def stand(
    verdicts: Verdicts, *, max_false_share: float, confidence: float, seed: int = 0
) -> Standing:
    """Certifies, unless there is drift: that voids a certificate, and only later verdicts count.

    Raises ValueError unless the share and the confidence lie between 0 and 1.
    """
    found = certify(verdicts, max_false_share=max_false_share, confidence=confidence)
    drift = find_drift(
        verdicts, threshold=found.bound.threshold if found.bound else None, seed=seed
    )
    certified = found.certified and not drift
    return Standing(
        threshold=found.bound.threshold if certified and found.bound else None,
        certified=certified,
        upper_bound=round(found.bound.upper, 6) if found.bound else None,
        escalated_share=round(found.escalated_share, 6) if certified else 0.0,
        verdicts=len(verdicts),
        verdicts_missing=_afresh(max_false_share, confidence) if drift else found.missing,
        drift=drift,
    )


def _afresh(max_false_share: float, confidence: float) -> int:
    """Returns how many verdicts it takes when starting from none."""
    nothing = Verdicts(np.empty(0), np.empty(0, np.bool_))
    return certify(nothing, max_false_share=max_false_share, confidence=confidence).missing
