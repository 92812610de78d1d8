"""Records what a contact is trying to do: said, chosen from a list, or implied by what they did."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings

from vcsm.core import embeddings
from vcsm.intent.guess import Guess, Outcome
from vcsm.intent.language import detect_language
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.remembered import model_for

Source = CapturedIntent.Source


def capture_asked(
    *, workspace_id: int, contact_id: int, session_id: uuid.UUID | None, text: str, at: datetime
) -> CapturedIntent:
    """Understands what a contact wrote. Text is data: nothing in it is obeyed."""
    return _capture_text(
        text,
        evidence={"kind": "said"},
        row={
            "workspace_id": workspace_id,
            "contact_id": contact_id,
            "session_id": session_id,
            "source": Source.ASKED,
            "at": at,
        },
    )


def capture_implied(
    *,
    workspace_id: int,
    contact_id: int,
    session_id: uuid.UUID | None,
    text: str,
    evidence: Mapping[str, Any],
    at: datetime,
) -> CapturedIntent:
    """The same for what nobody said: `text` is a search, a page's title, a tracked name.

    `evidence` says where it comes from, e.g. `{"kind": "search", "event": 17}`.
    """
    return _capture_text(
        text,
        evidence=dict(evidence),
        row={
            "workspace_id": workspace_id,
            "contact_id": contact_id,
            "session_id": session_id,
            "source": Source.IMPLIED,
            "at": at,
        },
    )


def capture_chosen(
    *,
    workspace_id: int,
    contact_id: int,
    session_id: uuid.UUID | None,
    intent_id: int,
    at: datetime,
) -> CapturedIntent:
    """Records an intent that the contact picked from a list: certain.

    Raises Intent.DoesNotExist for an intent of another workspace.
    """
    intent = Intent.objects.get(pk=intent_id, workspace_id=workspace_id)
    return CapturedIntent.objects.create(
        workspace_id=workspace_id,
        contact_id=contact_id,
        session_id=session_id,
        source=Source.ASKED,
        text=intent.title,
        outcome=CapturedIntent.Outcome.SURE,
        intent=intent,
        probability=1.0,
        p_value=1.0,
        alternatives=[_alternative(intent, 1.0)],
        evidence={"kind": "chosen"},
        at=at,
    )


def correct_intent(
    *, captured_id: int, intent_id: int | None, member_id: int | None, at: datetime
) -> None:
    """Sets right what was understood. `member_id` None: the contact did; `intent_id` None: none."""
    captured = CapturedIntent.objects.get(pk=captured_id)
    if intent_id is not None:
        Intent.objects.get(pk=intent_id, workspace_id=captured.workspace_id)
    captured.corrected_to_id = intent_id
    captured.corrected_by_id = member_id
    captured.corrected_at = at
    captured.save(update_fields=["corrected_to", "corrected_by", "corrected_at"])


def _capture_text(text: str, *, evidence: dict[str, Any], row: dict[str, Any]) -> CapturedIntent:
    text = embeddings.clean_text(text)
    reading = embeddings.read(text)
    guess = model_for(row["workspace_id"]).classify(reading.feature, text)
    language = detect_language(text)
    if language not in settings.VCSM_LANGUAGES:
        # The encoder would guess something; a person reads it instead.
        guess = replace(guess, outcome=Outcome.NONE)
        evidence["language"] = language
    intents = Intent.objects.in_bulk([int(name) for name, _ in guess.alternatives])
    known = {str(pk): intent for pk, intent in intents.items()}
    best = known.get(guess.intent or "")
    return CapturedIntent.objects.create(
        **row,
        text=text,
        vector=reading.feature,
        encoder_id=embeddings.encoder_id(),
        outcome=guess.outcome,
        intent=None if guess.outcome is Outcome.NONE else best,
        probability=guess.probability,
        p_value=guess.p_value,
        alternatives=_alternatives(guess, known),
        evidence=evidence,
    )


def _alternatives(guess: Guess, known: Mapping[str, Intent]) -> list[dict[str, Any]]:
    return [
        _alternative(known[name], chance) for name, chance in guess.alternatives if name in known
    ]


def _alternative(intent: Intent, probability: float) -> dict[str, Any]:
    return {
        "intent": intent.pk,
        "name": intent.name,
        "title": intent.title,
        "probability": round(probability, 4),
    }
