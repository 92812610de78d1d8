"""What a session, or a contact over time, is after: all captured intents weighed together.

What was said weighs more than what was implied, what is new more than what is old, and a person's
correction outweighs everything before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from vcsm.intent.correct import correct_intent
from vcsm.intent.history import current_intent
from vcsm.intent.models import CapturedIntent, Intent

IMPLIED_WEIGHT = 0.5
SET_RIGHT_WEIGHT = 2.0
SESSION_HALF_LIFE = timedelta(minutes=20)
CONTACT_HALF_LIFE = timedelta(days=3)
HORIZON = timedelta(days=30)
LATEST = 60
EVIDENCE = 5


@dataclass(frozen=True)
class Evidence:
    """One reason to believe in a goal."""

    captured_id: int
    source: str
    kind: str
    """said, chosen, search, page, track or path."""
    text: str
    """What was written or searched, or the page, event or way."""
    at: datetime
    set_right: bool


@dataclass(frozen=True)
class Goal:
    intent_id: int
    title: str
    share: float
    """Share of all the weight, 0 to 1: how clear it is that they are after this."""
    evidence: tuple[Evidence, ...]
    """Newest first; a correction is made to the `captured_id` of the first."""


def goal_of_session(session_id: UUID, *, now: datetime) -> Goal | None:
    """Returns what the visit is for; None where nothing known was asked or implied."""
    rows = _read(CapturedIntent.objects.filter(session_id=session_id, at__lte=now))
    return weigh_goal(rows, half_life=SESSION_HALF_LIFE)


def goal_of_contact(contact_id: int, *, now: datetime) -> Goal | None:
    """Returns what the contact has been after over the visits of the last HORIZON, or None."""
    rows = CapturedIntent.objects.filter(contact_id=contact_id, at__lte=now, at__gt=now - HORIZON)
    return weigh_goal(_read(rows), half_life=CONTACT_HALF_LIFE)


def correct_goal(
    *, contact_id: int, captured_id: int, intent_id: int | None, at: datetime
) -> CapturedIntent:
    """Corrects the goal as the contact says; `intent_id` None means none of the intents.

    Raises CapturedIntent.DoesNotExist for what is not about this contact, Intent.DoesNotExist for
    an intent that their workspace does not have.
    """
    captured = CapturedIntent.objects.get(pk=captured_id, contact_id=contact_id)
    return correct_intent(captured_id=captured.pk, intent_id=intent_id, member_id=None, at=at)


def weigh_goal(rows: Sequence[CapturedIntent], *, half_life: timedelta) -> Goal | None:
    """Returns the heaviest intent of the rows, each weighed by its age against the newest."""
    newest_at = max((_as_of(row) for row in rows), default=None)
    settled = max((_as_of(row) for row in rows if row.corrected_at), default=None)
    weights: dict[int, float] = {}
    titles: dict[int, str] = {}
    reasons: dict[int, list[CapturedIntent]] = {}
    for row in rows:
        intent = current_intent(row)
        if intent is None or intent.retired_at is not None:
            continue
        if settled and not row.corrected_at and row.at <= settled:
            continue
        assert newest_at is not None
        age = (newest_at - _as_of(row)) / half_life
        titles[intent.pk] = intent.title
        weights[intent.pk] = weights.get(intent.pk, 0.0) + _weight(row) * 0.5**age
        reasons.setdefault(intent.pk, []).append(row)
    if not weights:
        return None
    best = max(sorted(weights), key=lambda pk: weights[pk])
    newest = sorted(reasons[best], key=lambda row: (row.at, row.pk), reverse=True)
    return Goal(
        intent_id=best,
        title=titles[best],
        share=weights[best] / sum(weights.values()),
        evidence=tuple(_evidence(row) for row in newest[:EVIDENCE]),
    )


def _as_of(row: CapturedIntent) -> datetime:
    """Returns the time the row speaks of.

    A contact corrects what they are after now; a member corrects what an earlier message meant.
    """
    by_contact = row.corrected_at is not None and row.corrected_by_id is None
    return row.corrected_at if by_contact and row.corrected_at else row.at


def _weight(row: CapturedIntent) -> float:
    if row.corrected_at:
        return SET_RIGHT_WEIGHT
    return row.probability * (IMPLIED_WEIGHT if row.source == "implied" else 1.0)


def _evidence(row: CapturedIntent) -> Evidence:
    told: dict[str, Any] = row.evidence
    what = row.text or told.get("name") or told.get("page") or " › ".join(told.get("steps", []))
    return Evidence(
        captured_id=row.pk,
        source=row.source,
        kind=str(told.get("kind", "")),
        text=what,
        at=row.at,
        set_right=row.corrected_at is not None,
    )


def _read(rows: QuerySet[CapturedIntent]) -> list[CapturedIntent]:
    chosen = rows.select_related("intent", "corrected_to").defer("vector")
    return list(chosen.order_by("-at", "-pk")[:LATEST])


def intents_to_choose(workspace_id: int, *, search: str = "", limit: int = 8) -> list[Intent]:
    """Returns intents whose title has the words, for a contact who says what they are after."""
    rows = Intent.objects.filter(workspace_id=workspace_id, retired_at=None)
    for word in search.split()[:6]:
        rows = rows.filter(title__icontains=word)
    return list(rows.order_by("title")[:limit])
