"""Records what a contact is trying to do: said, chosen from a list, or implied by what they did."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vcsm.core import embeddings
from vcsm.core.language import unread_language
from vcsm.intent.guess import Floats, Guess, Outcome
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.remembered import Known, known_for
from vcsm.intent.tone import read_tone

Source = CapturedIntent.Source


@dataclass(frozen=True)
class Understood:
    """A text and what it was taken for."""

    text: str
    encoder_id: str
    feature: Floats
    guess: Guess
    language: str = ""
    """Code of the text's language where the encoder does not read it; else empty."""


def capture_asked(
    *,
    workspace_id: int,
    contact_id: int,
    session_id: uuid.UUID | None,
    text: str,
    at: datetime,
    message_id: int | None = None,
) -> CapturedIntent:
    """Understands what a contact wrote and records it. Text is data: nothing in it is obeyed.

    `message_id` lets `captured_of` find the record again.
    """
    return _capture_text(
        text,
        evidence={"kind": "said"}
        if message_id is None
        else {"kind": "said", "message": message_id},
        row={
            "workspace_id": workspace_id,
            "contact_id": contact_id,
            "session_id": session_id,
            "source": Source.ASKED,
            "at": at,
        },
    )


def captured_of(*, contact_id: int, message_id: int) -> CapturedIntent | None:
    """Returns what the contact's message was taken for; None if it has not been read yet.

    Call it while the contact is locked.
    """
    said = CapturedIntent.objects.filter(contact_id=contact_id, evidence__message=message_id)
    return said.select_related("intent").first()


def capture_implied(
    *,
    workspace_id: int,
    contact_id: int,
    session_id: uuid.UUID | None,
    text: str,
    evidence: Mapping[str, Any],
    at: datetime,
) -> CapturedIntent:
    """Records what a search, a page's title or a tracked name (`text`) implies.

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
    choice: str = "",
) -> CapturedIntent:
    """Records an intent that the contact picked from a list, as certain.

    `choice` names this one act of choosing (`was_chosen`); empty: it has no name. Raises
    Intent.DoesNotExist for an intent of another workspace.
    """
    intent = Intent.objects.get(pk=intent_id, workspace_id=workspace_id)
    return store_certain(
        intent,
        1.0,
        evidence={"kind": "chosen", "choice": choice} if choice else {"kind": "chosen"},
        row={
            "workspace_id": workspace_id,
            "contact_id": contact_id,
            "session_id": session_id,
            "source": Source.ASKED,
            "at": at,
        },
    )


def was_chosen(*, session_id: uuid.UUID, choice: str) -> bool:
    """Returns whether this act of choosing is recorded. Call it while the contact is locked."""
    recorded = CapturedIntent.objects.filter(session_id=session_id, evidence__choice=choice)
    return choice != "" and recorded.exists()


def store_certain(
    intent: Intent, probability: float, *, evidence: dict[str, Any], row: dict[str, Any]
) -> CapturedIntent:
    """Records an intent for which no text was classified: chosen, or implied by a sign or a way."""
    return CapturedIntent.objects.create(
        **row,
        text=intent.title if row["source"] == Source.ASKED else "",
        outcome=CapturedIntent.Outcome.SURE,
        intent=intent,
        probability=probability,
        p_value=1.0,
        alternatives=[_alternative(intent, probability)],
        evidence=evidence,
    )


def _capture_text(text: str, *, evidence: dict[str, Any], row: dict[str, Any]) -> CapturedIntent:
    understood = understand(workspace_id=row["workspace_id"], text=text)
    if understood.language:
        evidence["language"] = understood.language
    return store_understood(understood, evidence=evidence, row=row)


def understand(*, workspace_id: int, text: str) -> Understood:
    """Reads a text without recording anything."""
    return understand_by(known_for(workspace_id), text)


def understand_by(known: Known, text: str) -> Understood:
    """Reads a text with the model in `known`, without recording anything."""
    text = embeddings.clean_text(text)
    plain = known.model.plain(text)
    reading = embeddings.read_as(known.encoder_id, plain)
    assert reading is not None, "only an encoder that can be opened serves"
    guess = known.model.classify(reading.feature, plain)
    language = unread_language(plain, known.model.is_familiar)
    if not language:
        return Understood(text, known.encoder_id, reading.feature, guess)
    # The encoder would guess anyway, so the text is rejected, which leaves it to a person.
    return Understood(
        text, known.encoder_id, reading.feature, replace(guess, outcome=Outcome.NONE), language
    )


def store_understood(
    understood: Understood, *, evidence: dict[str, Any], row: dict[str, Any]
) -> CapturedIntent:
    """Records an understood text, with its tone where a person wrote it."""
    guess = understood.guess
    intents = Intent.objects.in_bulk([int(name) for name, _ in guess.alternatives])
    known = {str(pk): intent for pk, intent in intents.items()}
    best = known.get(guess.intent or "")
    asked = row["source"] == Source.ASKED
    return CapturedIntent.objects.create(
        **row,
        text=understood.text,
        vector=understood.feature,
        encoder_id=understood.encoder_id,
        outcome=guess.outcome,
        intent=None if guess.outcome is Outcome.NONE else best,
        probability=guess.probability,
        p_value=guess.p_value,
        alternatives=_alternatives(guess, known),
        evidence=evidence,
        valence=read_tone(understood.text).valence if asked else None,
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
