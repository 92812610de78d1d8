"""Makes a dead letter of work that failed for good, whatever the cause: its last attempt, a process
that kept dying under it, the time limit, or a task name that nobody knows."""

from datetime import UTC, datetime
from typing import Any

import structlog
from celery.exceptions import Reject
from celery.signals import task_failure, task_rejected, task_unknown
from django.db import DatabaseError, close_old_connections

from tasks.owners import owner_of
from vcsm.core.error_words import name_error
from vcsm.core.trace import read_traceparent
from vcsm.dead_letters.keep import Failed, keep

log = structlog.get_logger(__name__)

UNREADABLE = "unreadable message"


@task_failure.connect
def keep_failed(sender: Any, exception: BaseException, args: Any, kwargs: Any, **_: Any) -> None:
    """Keeps a letter for a failed task. Runs in its process or, if that died, in the worker's."""
    reason = getattr(exception, "reason", None)
    if isinstance(exception, Reject) and isinstance(reason, BaseException):
        exception = reason  # the broker did not accept the next attempt
    if not sender.ephemeral:
        parent = getattr(sender.request, "traceparent", None)
        _keep(sender.name, kwargs, exception, parent=parent, runnable=not args)


@task_unknown.connect
def keep_unknown(message: Any, exc: BaseException, name: str, **_: Any) -> None:
    """Keeps a letter for an unknown task, which a newer version may have sent and may yet run."""
    arguments, runnable = _arguments_of(message)
    parent = message.headers.get("traceparent")
    _keep(name, arguments, exc, parent=parent, runnable=runnable)


@task_rejected.connect
def keep_rejected(message: Any, exc: BaseException | None, **_: Any) -> None:
    keep_unreadable(exc or ValueError("not a task's message"))


def keep_unreadable(error: BaseException) -> None:
    """Keeps a letter for a message that Celery cannot read, without the message's contents."""
    _keep(UNREADABLE, {}, error, parent=None, runnable=False)


def _keep(
    task: str, arguments: Any, error: BaseException, *, parent: object, runnable: bool
) -> None:
    trace = read_traceparent(parent)
    failed = Failed(
        task=task,
        arguments=arguments,
        error=error,
        workspace_id=owner_of(arguments),
        trace=trace.id if trace else "",
        runnable=runnable,
    )
    try:
        keep(failed, now=datetime.now(UTC))
    except DatabaseError as trouble:
        # The rows behind the work still show that it waits, and a sweep will find them.
        log.error("a dead letter was not kept", failed=task, error=name_error(trouble))
    finally:
        close_old_connections()


def _arguments_of(message: Any) -> tuple[dict[str, Any], bool]:
    """Returns the named arguments in a message's body, and whether there are no others."""
    try:
        args, kwargs, _ = message.decode()
        return dict(kwargs), not args
    except (TypeError, ValueError):
        return {}, False
