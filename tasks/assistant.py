"""A session struggled, a contact wrote, or a message to the broker was lost on the way."""

from datetime import UTC, datetime
from uuid import UUID

from celery import shared_task

from vcsm.accounts.scope import in_workspace
from vcsm.assistant import react, reply, sweep
from vcsm.conversations.history import workspace_of_message
from vcsm.events.sessions import workspace_of_session


@shared_task(name="assistant.react")
def react_task(session_id: str) -> None:
    with in_workspace(workspace_of_session(UUID(session_id))):
        react.react(session_id=UUID(session_id), now=datetime.now(UTC))


@shared_task(name="assistant.reply")
def reply_task(message_id: int) -> None:
    with in_workspace(workspace_of_message(message_id)):
        reply.reply(message_id=message_id, now=datetime.now(UTC))


@shared_task(name="assistant.chosen")
def chosen_task(session_id: str, intent_id: int, choice: str = "") -> None:
    with in_workspace(workspace_of_session(UUID(session_id))):
        reply.reply_to_choice(
            session_id=UUID(session_id),
            intent_id=intent_id,
            choice=choice,
            now=datetime.now(UTC),
        )


@shared_task(name="assistant.sweep")
def sweep_task() -> None:
    sweep.sweep(now=datetime.now(UTC))
