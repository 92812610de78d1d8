"""Sends work to the floors above by task name.

`tasks` registers what runs under each name, and `vcsm.config.routes` says which queue it waits in.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from celery import Celery
from django.db import transaction

from vcsm.core.trace import traceparent

app = Celery("vcsm")
app.config_from_object("django.conf:settings", namespace="CELERY")

URGENT = "urgent"
"""For contacts waiting in the page: replies, and behind them first reactions."""
AGAIN = "again"
"""For further struggle of contacts considered a moment ago: must not hold up first reactions."""
DEFAULT = "default"
BULK = "bulk"
"""For long work whose exact time nobody notices."""
QUEUES = (URGENT, AGAIN, DEFAULT, BULK)


def enqueue(
    task: str, *, queue: str | None = None, expires: float | None = None, **arguments: Any
) -> None:
    """Sends the task to the broker now; blocks for as long as that takes.

    `queue` is the task's own unless given. A task that has waited longer than `expires` seconds is
    not run. The task continues the caller's trace.
    """
    app.send_task(
        task, kwargs=arguments, queue=queue, expires=expires, headers={"traceparent": traceparent()}
    )


def enqueue_all(
    task: str,
    calls: Iterable[Mapping[str, Any]],
    *,
    queue: str | None = None,
    traces: Iterable[str] | None = None,
    expires: float | None = None,
) -> None:
    """Sends the task once for each of `calls`' arguments, over one connection.

    `traces` are the ids of the traces they belong to, one for each; without it they continue ours.
    """
    calls = list(calls)
    parents = [traceparent(trace) for trace in traces] if traces else [traceparent()] * len(calls)
    with app.producer_or_acquire() as producer:
        for arguments, parent in zip(calls, parents, strict=True):
            app.send_task(
                task,
                kwargs=dict(arguments),
                queue=queue,
                expires=expires,
                producer=producer,
                headers={"traceparent": parent},
            )


def enqueue_on_commit(task: str, **arguments: Any) -> None:
    """Sends the task to the broker once the running transaction has committed.

    A crash in between loses the task, so the caller also leaves a row that a periodic task finds
    (`FrictionSignal.reacted_revision`, `Message.handled_at`).
    """
    transaction.on_commit(lambda: enqueue(task, **arguments), robust=True)
