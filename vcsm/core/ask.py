"""Asks a worker and waits for its answer, for the few things a web process must not do itself.

Each answer comes back through a list of its own in Valkey. Celery's result backend would do if
threads did not share its consumer. What takes long is begun in one request and looked for in later
ones, so that no web thread waits for it.
"""

import json
from typing import Any
from uuid import UUID, uuid4

import redis
from django.conf import settings

from vcsm.core.queue import enqueue

KEPT_SECONDS = 60
"""Seconds after which an answer that nobody has fetched is gone."""


class NobodyAnswered(Exception):
    """Raised when no worker answered in time; the message says what to look at."""

    def __init__(self, said: str = "No worker answered. Is one running for the queue `urgent`?"):
        super().__init__(said)


def ask(task: str, *, seconds: float, **arguments: Any) -> Any:
    """Returns the JSON value that the worker's `answer` gave.

    Raises NobodyAnswered after `seconds`.
    """
    key = _answer_key(uuid4())
    enqueue(task, expires=seconds, reply_to=key, **arguments)
    with _connection(seconds) as client:
        told = client.blpop([key], timeout=seconds)
    if told is None:
        raise NobodyAnswered
    return json.loads(told[1])


def begin(task: str, *, note: bytes, seconds: float, **arguments: Any) -> UUID:
    """Asks without waiting; returns the question's id, for `look`.

    `note` is the asker's own. It is kept until an answer can no longer come (`seconds`) or be
    fetched.
    """
    question = uuid4()
    with _connection() as client:
        client.set(_note_key(question), note, ex=int(seconds) + KEPT_SECONDS)
    enqueue(task, expires=seconds, reply_to=_answer_key(question), **arguments)
    return question


def note_of(question: UUID) -> bytes | None:
    """Returns the note given to `begin`; None when nobody asked, or too long ago."""
    with _connection() as client:
        note: bytes | None = client.get(_note_key(question))
    return note


def look(question: UUID, *, seconds: float) -> Any:
    """Waits up to `seconds` for the answer; None without one. Looking again is safe."""
    key = _answer_key(question)
    with _connection(seconds) as client:
        told = client.blmove(key, key, timeout=seconds)
    return None if told is None else json.loads(told)


def answer(reply_to: str, value: Any) -> None:
    """Sends an answer; called by the task that was asked."""
    with _connection() as client, client.pipeline() as pipe:
        pipe.rpush(reply_to, json.dumps(value))
        pipe.expire(reply_to, KEPT_SECONDS)
        pipe.execute()


def _connection(waits: float = 0.0) -> redis.Redis:
    # The client must wait longer than the call does, or silence would look like a broken
    # connection.
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=waits + 5)


def _answer_key(question: UUID) -> str:
    return f"vcsm:answer:{question}"


def _note_key(question: UUID) -> str:
    return f"vcsm:asked:{question}"
