"""How the tone of a contact's latest message compares with what is usual for them."""

from dataclasses import dataclass
from datetime import datetime

from vcsm.intent.models import CapturedIntent
from vcsm.intent.tone import shift

MESSAGES = 30
NOTABLE = 0.5
"""Shift worth mentioning: a quarter of the scale, e.g. from neutral half-way to plainly angry."""


@dataclass(frozen=True)
class Mood:
    valence: float
    """Tone of the latest message, -1 (negative) to 1 (positive)."""
    shift: float
    """Difference from the contact's own earlier messages; negative is worse than usual for them."""
    messages: int
    """Number of earlier messages that make the baseline, at most MESSAGES."""


def mood_of(contact_id: int, *, at: datetime) -> Mood | None:
    """Returns the tone of the contact's latest message up to `at`; None where they never wrote."""
    rows = CapturedIntent.objects.filter(contact_id=contact_id, valence__isnull=False, at__lte=at)
    valences = list(rows.order_by("-at", "-pk").values_list("valence", flat=True)[: MESSAGES + 1])
    if not valences:
        return None
    latest, earlier = float(valences[0] or 0), [float(value or 0) for value in valences[1:]]
    return Mood(latest, shift(earlier, now=latest), len(earlier))
