"""A contact picks one of the intents they were asked about: stored as a row, answered by a task."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vcsm.core.queue import enqueue_on_commit
from vcsm.intent.models import Choice, Intent

ANSWER = "assistant.chosen"
"""Name of the task that answers a choice; `arguments_of` gives its arguments."""


@transaction.atomic
def choose(*, workspace_id: int, session_id: UUID, intent_id: int, at: datetime) -> None:
    """Stores the choice and queues its answer; ignores an intent of another workspace."""
    if not Intent.objects.filter(pk=intent_id, workspace_id=workspace_id).exists():
        return
    choice = Choice.objects.create(
        workspace_id=workspace_id, session_id=session_id, intent_id=intent_id, chosen_at=at
    )
    enqueue_on_commit(ANSWER, **arguments_of(choice))


def note_answered(choice: str, *, at: datetime) -> None:
    """Marks the choice as answered. Call it in the transaction that stores the answer."""
    Choice.objects.filter(pk=choice, answered_at=None).update(answered_at=at)


def arguments_of(choice: Choice) -> dict[str, str | int]:
    return {
        "session_id": str(choice.session_id),
        "intent_id": choice.intent_id,
        "choice": str(choice.pk),
    }
