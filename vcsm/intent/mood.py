"""How a contact's tone moves against what is usual for them."""

from dataclasses import dataclass
from datetime import datetime

from vcsm.intent.models import CapturedIntent
from vcsm.intent.tone import shift

MESSAGES = 30
NOTABLE = 0.5
"""A shift of a quarter of the scale: from neutral half-way to plainly angry."""


@dataclass(frozen=True)
class Mood:
    valence: float
    """Of the latest message, -1 to 1."""
    shift: float
    """Against the person's own earlier messages; negative: worse than usual for them."""
    messages: int
    """Earlier ones that make the baseline."""


def mood_of(contact_id: int, *, at: datetime) -> Mood | None:
    """The tone of the contact's latest message up to `at`; None where they never wrote."""
    rows = CapturedIntent.objects.filter(contact_id=contact_id, valence__isnull=False, at__lte=at)
    valences = list(rows.order_by("-at", "-pk").values_list("valence", flat=True)[: MESSAGES + 1])
    if not valences:
        return None
    latest, earlier = float(valences[0] or 0), [float(value or 0) for value in valences[1:]]
    return Mood(latest, shift(earlier, now=latest), len(earlier))
