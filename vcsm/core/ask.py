"""Asks a worker and waits for its answer, for the few things a web process must not do itself.

The answer comes back through a list of its own in Valkey. Celery's result backend would do, but for
its consumer, which threads share. What takes long is begun in one request and looked for in later
ones, so that no web thread waits for it.
"""

import json
from typing import Any
from uuid import UUID, uuid4

import redis
from django.conf import settings

from vcsm.core.queue import enqueue

KEPT_SECONDS = 60
"""An answer that nobody fetches any more is gone after this."""


class NobodyAnswered(Exception):
    """No worker answered in time; the message says what to look at."""

    def __init__(self, said: str = "No worker answered. Is one running for the queue `urgent`?"):
        super().__init__(said)


def ask(task: str, *, seconds: float, **arguments: Any) -> Any:
    """The JSON value that the worker's `answer` gave. Raises NobodyAnswered after `seconds`."""
    key = _answer_key(uuid4())
    enqueue(task, expires=seconds, reply_to=key, **arguments)
    with _connection(seconds) as client:
        told = client.blpop([key], timeout=seconds)
    if told is None:
        raise NobodyAnswered
    return json.loads(told[1])


def begin(task: str, *, note: bytes, seconds: float, **arguments: Any) -> UUID:
    """Asks and does not wait: what to call `look` with. `note` is the asker's own, kept beside the
    question for as long as an answer may come in `seconds` and be fetched."""
    question = uuid4()
    with _connection() as client:
        client.set(_note_key(question), note, ex=int(seconds) + KEPT_SECONDS)
    enqueue(task, expires=seconds, reply_to=_answer_key(question), **arguments)
    return question


def note_of(question: UUID) -> bytes | None:
    """What `begin` was given; None when nobody asked, or too long ago."""
    with _connection() as client:
        note: bytes | None = client.get(_note_key(question))
    return note


def look(question: UUID, *, seconds: float) -> Any:
    """The answer, waiting `seconds` for it, or None; it stays there, so looking again is safe."""
    key = _answer_key(question)
    with _connection(seconds) as client:
        told = client.blmove(key, key, timeout=seconds)
    return None if told is None else json.loads(told)


def answer(reply_to: str, value: Any) -> None:
    """Called by the task that was asked."""
    with _connection() as client, client.pipeline() as pipe:
        pipe.rpush(reply_to, json.dumps(value))
        pipe.expire(reply_to, KEPT_SECONDS)
        pipe.execute()


def _connection(waits: float = 0.0) -> redis.Redis:
    # The client's own patience must be the longer one, or nobody's answer is a broken connection.
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=waits + 5)


def _answer_key(question: UUID) -> str:
    return f"vcsm:answer:{question}"


def _note_key(question: UUID) -> str:
    return f"vcsm:asked:{question}"
