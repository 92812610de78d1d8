"""What nudges do: contacts who were shown one against those from whom the draw withheld it.

The groups differ by chance alone, so the difference between them is due to the nudge. Intervals are
Wilson's for each share and Newcombe's (1998, method 10) for the difference, at 95 %.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from vcsm.conversations.models import Nudge
from vcsm.friction.models import FrictionSignal

SEEN_AFTER = timedelta(seconds=10)
"""What happens sooner was already under way when the nudge was offered."""
WITHIN = timedelta(minutes=10)
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Arm:
    """Nudges of one group, and after how many of them the same struggle went on."""

    nudges: int
    went_on: int

    @property
    def share(self) -> float | None:
        return self.went_on / self.nudges if self.nudges else None


@dataclass(frozen=True, slots=True)
class Effect:
    """`difference` is the share that went on when shown, minus when withheld; below 0 is good. It
    and its 95 % interval are None when one of the groups is empty."""

    shown: Arm
    withheld: Arm
    difference: float | None
    low: float | None
    high: float | None


def measure_effect(*, workspace_id: int, since: datetime, until: datetime) -> Effect:
    """Measures nudges that a draw could have shown or withheld; the share withheld should not have
    changed in the period."""
    again = FrictionSignal.objects.filter(
        session=OuterRef("session"),
        element=OuterRef("element"),
        page=OuterRef("page"),
        retracted_at=None,
        last_at__gt=OuterRef("offered_at") + SEEN_AFTER,
        last_at__lt=OuterRef("offered_at") + WITHIN,
    )
    rows = (
        Nudge.objects.filter(
            workspace_id=workspace_id,
            withhold_chance__gt=0,
            withhold_chance__lt=1,
            offered_at__gte=since,
            offered_at__lt=until,
        )
        .annotate(went_on=Exists(again))
        .values_list("state", "went_on")
    )
    return compare((state == Nudge.State.WITHHELD, went_on) for state, went_on in rows)


def compare(rows: Iterable[tuple[bool, bool]]) -> Effect:
    """Compares the groups from pairs (withheld, the struggle went on)."""
    counts = {True: [0, 0], False: [0, 0]}
    for withheld, went_on in rows:
        counts[withheld][0] += 1
        counts[withheld][1] += went_on
    shown, withheld_arm = Arm(*counts[False]), Arm(*counts[True])
    if shown.share is None or withheld_arm.share is None:
        return Effect(shown, withheld_arm, None, None, None)
    difference = shown.share - withheld_arm.share
    low_1, high_1 = wilson(shown.went_on, shown.nudges)
    low_2, high_2 = wilson(withheld_arm.went_on, withheld_arm.nudges)
    return Effect(
        shown,
        withheld_arm,
        difference,
        difference - math.hypot(shown.share - low_1, high_2 - withheld_arm.share),
        difference + math.hypot(high_1 - shown.share, withheld_arm.share - low_2),
    )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Returns the 95 % interval of a share (Wilson 1927); `of` is at least 1."""
    share, square = hits / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    # Rounding must not push an end past the share itself.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
