"""Asks a worker and waits for its answer, for the few things a web process must not do itself.

The answer comes back through a list of its own in Valkey. Celery's result backend would do, but for
its consumer, which threads share.
"""

import json
from typing import Any
from uuid import uuid4

import redis
from django.conf import settings

from vcsm.core.queue import enqueue

KEPT_SECONDS = 60
"""An answer that nobody fetches any more is gone after this."""


class NobodyAnswered(Exception):
    """No worker answered in time; the message says what to look at."""


def ask(task: str, *, seconds: float, **arguments: Any) -> Any:
    """The JSON value that the worker's `answer` gave. Raises NobodyAnswered after `seconds`."""
    key = f"vcsm:answer:{uuid4()}"
    enqueue(task, expires=seconds, reply_to=key, **arguments)
    # The client's own patience must be the longer one, or nobody's answer is a broken connection.
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=seconds + 5) as client:
        told = client.blpop([key], timeout=seconds)
    if told is None:
        raise NobodyAnswered("No worker answered. Is one running for the queue `urgent`?")
    return json.loads(told[1])


def answer(reply_to: str, value: Any) -> None:
    """Called by the task that was asked."""
    with redis.Redis.from_url(settings.REDIS_URL) as client, client.pipeline() as pipe:
        pipe.rpush(reply_to, json.dumps(value))
        pipe.expire(reply_to, KEPT_SECONDS)
        pipe.execute()
