"""A worker's process keeps its database connection from task to task."""

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.db import connection

from tests.cast import NOON, Cast
from vcsm.conversations.models import Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.core.queue import enqueue

_AFTER_A_TASK = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND state = 'idle' AND query LIKE 'UPDATE "dead_letters_%'
"""
"""Whose last word was that the task's dead letter, if there is one, is settled."""


def kept_connections() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_AFTER_A_TASK)
        return {pid for (pid,) in cursor.fetchall()}


def answer(cast: Cast, text: str) -> None:
    message = post_message(
        conversation=conversation_of(cast.session()),
        author=Message.Author.CONTACT,
        text=text,
        now=NOON,
    )
    enqueue("assistant.reply", message_id=message.pk)
    answered = Message.objects.filter(pk=message.pk).exclude(handled_at=None)
    _wait(lambda: answered.exists() and bool(kept_connections()))


def _wait(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not look():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)


@pytest.mark.usefixtures("stack")
def test_it_works(live_cast: Cast, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        after: list[set[int]] = []
        for _ in range(4):
            answer(live_cast, "How do I export a report?")
            after.append(kept_connections())
    # Once a minute one is replaced by a new one, which may fall between two of these.
    assert any(one & next_one for one, next_one in pairwise(after))
