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
LATER = 9
"""Priority of what may wait while the same queue holds anything else. Kombu counts from 0, the
first, on Valkey; RabbitMQ takes no notice of it on queues declared without priorities."""
_LATER_LIST = "{queue}\x06\x16{priority}"


def enqueue(task: str, *, queue: str = DEFAULT, **arguments: Any) -> None:
    """Sends the task to the broker now; blocks for as long as that takes."""
    app.send_task(task, kwargs=arguments, queue=queue)


def enqueue_all(
    task: str, calls: Iterable[Mapping[str, Any]], *, queue: str = DEFAULT, later: bool = False
) -> None:
    """Sends the task once for each of `calls`' arguments, over one connection.

    `later`: behind all that is in the queue and comes into it without this.
    """
    with app.producer_or_acquire() as producer:
        for arguments in calls:
            app.send_task(
                task,
                kwargs=dict(arguments),
                queue=queue,
                producer=producer,
                priority=LATER if later else 0,
            )


def lists_of(queue: str) -> list[str]:
    """The lists in Valkey that make up the queue: kombu keeps one for each priority."""
    return [queue, _LATER_LIST.format(queue=queue, priority=LATER)]


def enqueue_on_commit(task: str, *, queue: str = DEFAULT, **arguments: Any) -> None:
    """Sends the task to the broker once the running transaction has committed.

    A crash in between loses the task, so whoever enqueues also leaves a row behind that a
    periodic task finds (`FrictionSignal.reacted_revision`, `Message.handled_at`).
    """
    transaction.on_commit(lambda: enqueue(task, queue=queue, **arguments), robust=True)
