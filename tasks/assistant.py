"""A session struggled, a contact wrote, or a message to the broker was lost on the way."""

from datetime import UTC, datetime
from uuid import UUID

from celery import shared_task

from vcsm.assistant import react, reply, sweep


@shared_task(name="assistant.react")
def react_task(session_id: str) -> None:
    react.react(session_id=UUID(session_id), now=datetime.now(UTC))


@shared_task(name="assistant.reply")
def reply_task(message_id: int) -> None:
    reply.reply(message_id=message_id, now=datetime.now(UTC))


@shared_task(name="assistant.chosen")
def chosen_task(session_id: str, intent_id: int) -> None:
    reply.reply_to_choice(session_id=UUID(session_id), intent_id=intent_id, now=datetime.now(UTC))


@shared_task(name="assistant.sweep")
def sweep_task() -> None:
    sweep.sweep(now=datetime.now(UTC))
