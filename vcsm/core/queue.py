"""Sends work to the floors above by task name. `tasks` registers what runs under each name."""

from collections.abc import Iterable, Mapping
from typing import Any

from celery import Celery
from django.db import transaction

app = Celery("vcsm")
app.config_from_object("django.conf:settings", namespace="CELERY")

URGENT = "urgent"
"""Somebody is waiting in the page: reactions and replies."""
DEFAULT = "default"


def enqueue(task: str, *, queue: str = DEFAULT, **arguments: Any) -> None:
    """Sends the task to the broker now; blocks for as long as that takes."""
    app.send_task(task, kwargs=arguments, queue=queue)


def enqueue_all(task: str, calls: Iterable[Mapping[str, Any]], *, queue: str = DEFAULT) -> None:
    """Sends the task once for each of `calls`' arguments, over one connection."""
    with app.producer_or_acquire() as producer:
        for arguments in calls:
            app.send_task(task, kwargs=dict(arguments), queue=queue, producer=producer)


def enqueue_on_commit(task: str, *, queue: str = DEFAULT, **arguments: Any) -> None:
    """Sends the task to the broker once the running transaction has committed.

    A crash in between loses the task, so whoever enqueues also leaves a row behind that a
    periodic task finds (`FrictionSignal.reacted_revision`, `Message.handled_at`).
    """
    transaction.on_commit(lambda: enqueue(task, queue=queue, **arguments), robust=True)
