"""A clock that is set does not put beat to sleep."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from celery import Celery
from celery.schedules import schedule

from tasks.scheduler import SetClockScheduler
from vcsm.core.backlog import queue_length
from vcsm.core.queue import app

EVERY = 5.0


class Clock:
    """One for all: beat keeps its schedule in a file, and in that the clock by name."""

    time = datetime(2026, 6, 1, 12, tzinfo=UTC)

    @classmethod
    def now(cls) -> datetime:
        return cls.time

    @classmethod
    def move(cls, seconds: float) -> None:
        cls.time += timedelta(seconds=seconds)


@pytest.fixture
def queue() -> str:
    return f"test-{uuid4().hex}"  # no worker fetches from it


@pytest.fixture
def open_beat(queue: str, tmp_path: Path) -> Callable[[], SetClockScheduler]:
    """Beat as it starts, on the file that the one before it left."""
    often = schedule(EVERY, nowfun=Clock.now)
    sender = Celery("beat", broker=app.conf.broker_url, set_as_current=False)
    sender.conf.beat_schedule = {
        "often": {"task": "test.often", "schedule": often, "options": {"queue": queue}}
    }
    return lambda: SetClockScheduler(app=sender, schedule_filename=str(tmp_path / "beat"))


def run_for(beat: SetClockScheduler, seconds: int) -> None:
    """As beat's own loop, the clock going on while it sleeps."""
    end = Clock.time + timedelta(seconds=seconds)
    while Clock.time < end:
        Clock.move(max(beat.tick(), 0.01))


@pytest.mark.parametrize("hours", [-25, -1, 1, 25])
def test_it_goes_on_whatever_the_clock_is_set_to(
    open_beat: Callable[[], SetClockScheduler], queue: str, hours: int
) -> None:
    beat = open_beat()
    run_for(beat, 20)
    before = queue_length(queue)
    Clock.move(hours * 3600)
    run_for(beat, 20)
    assert 3 <= queue_length(queue) - before <= 6


def test_it_begins_again_on_a_file_from_the_future(
    open_beat: Callable[[], SetClockScheduler], queue: str
) -> None:
    beat = open_beat()
    run_for(beat, 20)
    beat.close()
    before = queue_length(queue)
    Clock.move(-3600)
    run_for(open_beat(), 20)
    assert 3 <= queue_length(queue) - before <= 6
