"""Two beats at once: everything that beat starts is started twice, and happens once."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from celery.beat import Scheduler

import tasks
from tests.cast import Cast
from tests.stack import Stack
from vcsm.conversations.models import Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.core.backlog import queue_length
from vcsm.core.queue import DEFAULT, URGENT
from vcsm.dead_letters.models import DeadLetter

LONG_AGO = timedelta(days=2)
EACH_WORKSPACE = ("problems.look", "problems.tell", "intent.nightly")
"""Not started here, where every test has left workspaces; `test_registry` runs them twice."""


def test_it_works(stack: Stack, live_cast: Cast, django_db_blocker: pytest.FixtureRequest) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        session = live_cast.session()
        now = datetime.now(UTC)
        type(session).objects.filter(pk=session.pk).update(seen_at=now, started_at=now)
        lost = post_message(
            conversation=conversation_of(session),
            author=Message.Author.CONTACT,
            text="I want to talk to a person",
            now=now - timedelta(minutes=1),
        )
        letters = DeadLetter.objects.filter(settled_at=None).count()

        beats = _due_beat(), _due_beat()
        for beat in beats:
            while beat.tick() < 0.1:  # one entry a tick
                pass

        answered = Message.objects.filter(pk=lost.pk).exclude(handled_at=None)
        # What waited too long for a worker that was warming up is sent again, as beats do.
        _wait(lambda: [beat.tick() for beat in beats] and answered.exists())
        _wait(lambda: not queue_length(URGENT) and not queue_length(DEFAULT))
        said = Message.objects.filter(
            conversation=lost.conversation, author=Message.Author.ASSISTANT
        )
        assert said.count() == 1
        assert session.escalations.count() == 1
        assert DeadLetter.objects.filter(settled_at=None).count() == letters


def _due_beat() -> Scheduler:
    """A beat that has just been started after two days, so that all it knows is due."""
    beat = Scheduler(tasks.app, lazy=False)
    for name in EACH_WORKSPACE:
        del beat.schedule[name]
    for entry in beat.schedule.values():
        entry.last_run_at = datetime.now(UTC) - LONG_AGO
    return beat


def _wait(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not look():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)
