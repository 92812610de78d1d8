"""Tasks for a session that struggled, a contact who wrote, and messages lost by the broker."""

from datetime import UTC, datetime
from uuid import UUID

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from vcsm.accounts.scope import in_workspace
from vcsm.assistant import react, reply, sweep
from vcsm.conversations.history import workspace_of_message
from vcsm.core.error_words import name_error, place_of
from vcsm.core.queue import AGAIN, enqueue
from vcsm.core.trace import Trace, trace_of, tracing
from vcsm.events.sessions import workspace_of_session

log = structlog.get_logger(__name__)


@shared_task(name="assistant.react")
def react_task(session_id: str) -> None:
    with in_workspace(workspace_of_session(UUID(session_id))):
        react.react(session_id=UUID(session_id), now=datetime.now(UTC))


@shared_task(name="assistant.react_each")
def react_each_task(session_ids: list[str]) -> None:
    """Reacts to sessions of one workspace.

    One that fails does not keep the others waiting: it is enqueued again on its own.
    """
    for session_id in session_ids:
        with tracing(Trace(trace_of(session_id))):
            try:
                react_task.run(session_id)
            except SoftTimeLimitExceeded:
                raise
            except Exception as error:
                log.warning("tried again by itself", error=name_error(error), at=place_of(error))
                enqueue("assistant.react", queue=AGAIN, session_id=session_id)


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
