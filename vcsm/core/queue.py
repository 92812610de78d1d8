"""Runs work of the floors above by task name, once the running transaction has committed."""

from typing import Any

from celery import current_app
from django.db import transaction


def enqueue_on_commit(task: str, *, queue: str = "default", **arguments: Any) -> None:
    """Sends the task to the broker after commit.

    A crash in between loses the message, so whoever enqueues also leaves a row behind that a
    periodic task finds (`friction_signal.reacted_revision`, `message.answered`).
    """
    transaction.on_commit(
        lambda: current_app.send_task(task, kwargs=arguments, queue=queue), robust=True
    )
