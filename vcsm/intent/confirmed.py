"""Messages whose intent a member or the contact confirmed: what live traffic really looks like.

A model fitted on written examples keeps the nominal share of messages that resemble them. Live
messages differ, so the share really kept is counted on confirmed ones, and they calibrate the
model.
"""

from dataclasses import dataclass

import numpy as np
from django.db.models import Count, F, Q, QuerySet
from scipy.special import betaincinv

from vcsm.intent.classifier import NONE_UP_TO, IntentModel
from vcsm.intent.models import CapturedIntent, IntentExample

LATEST = 400
"""Number of confirmed messages that calibrate; traffic changes, so older ones drop out."""


@dataclass(frozen=True)
class Kept:
    """How often a message with a known intent is taken as such: the share promised and counted."""

    nominal: float
    actual: float | None
    """Share counted; None while nothing is confirmed."""
    low: float
    high: float
    """Ends of the exact 95 % interval of `actual` (Clopper & Pearson 1934)."""
    confirmed: int
    """Messages confirmed to have one of the intents."""
    right: int
    """How many of `confirmed` have the intent that was guessed."""
    strangers: int
    """Messages confirmed to be none of the intents."""
    caught: int
    """How many of `strangers` were rejected."""


def confirmed_scores(workspace_id: int, model: IntentModel, encoder_id: str) -> list[float]:
    """Returns `IntentModel.familiarity` of the latest confirmed messages of known intents.

    Messages that have since become examples are left out: they would look more familiar than any
    message to come.
    """
    if not model.intents:
        return []
    examples = IntentExample.objects.filter(intent__workspace_id=workspace_id)
    rows = (
        _confirmed(workspace_id)
        .filter(corrected_to__retired_at=None, encoder_id=encoder_id)
        .exclude(corrected_to=None)
        .exclude(text__in=examples.values("text"))
        .order_by("-corrected_at", "-pk")[:LATEST]
    )
    return [
        model.familiarity(np.asarray(row.vector, np.float32), model.plain(row.text))
        for row in rows.only("vector", "text")
    ]


def read_kept(workspace_id: int) -> Kept:
    """Counts how many confirmed messages were kept, by how each was understood when it came."""
    counts = _confirmed(workspace_id).aggregate(
        confirmed=Count("pk", filter=Q(corrected_to__isnull=False)),
        kept=Count("pk", filter=Q(corrected_to__isnull=False) & ~Q(outcome="none")),
        strangers=Count("pk", filter=Q(corrected_to=None)),
        caught=Count("pk", filter=Q(corrected_to=None, outcome="none")),
    )
    confirmed, kept = counts["confirmed"], counts["kept"]
    low, high = _interval(kept, confirmed)
    return Kept(
        nominal=1 - NONE_UP_TO,
        actual=kept / confirmed if confirmed else None,
        low=low,
        high=high,
        confirmed=confirmed,
        right=_count_right(workspace_id),
        strangers=counts["strangers"],
        caught=counts["caught"],
    )


def _confirmed(workspace_id: int) -> QuerySet[CapturedIntent]:
    """Returns the confirmed messages that a contact wrote.

    What was picked from a list or implied was never in doubt. Messages of an unmet cluster that
    became their intent are left out: it did not exist when they were rejected.
    """
    rows = CapturedIntent.objects.filter(
        workspace_id=workspace_id,
        source=CapturedIntent.Source.ASKED,
        corrected_at__isnull=False,
        evidence__kind="said",
    )
    return rows.exclude(unmet__intent__isnull=False, unmet__intent=F("corrected_to"))


def _count_right(workspace_id: int) -> int:
    rows = _confirmed(workspace_id).exclude(corrected_to=None)
    pairs = rows.values_list("corrected_to_id", "alternatives")
    return sum(bool(best) and best[0].get("intent") == meant for meant, best in pairs)


def _interval(hits: int, trials: int) -> tuple[float, float]:
    if not trials:
        return 0.0, 1.0
    low = float(betaincinv(hits, trials - hits + 1, 0.025)) if hits else 0.0
    high = float(betaincinv(hits + 1, trials - hits, 0.975)) if hits < trials else 1.0
    return low, high
