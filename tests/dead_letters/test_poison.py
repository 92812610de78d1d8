"""A real worker is given every kind of poison: it goes on, and keeps what it could not do."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.utils import timezone

from tests.cast import Cast
from tests.dead_letters import names
from tests.stack import ROOT, run_environment
from vcsm.core.queue import app, enqueue
from vcsm.dead_letters.models import DeadLetter
from vcsm.embedded.child import Child, Program, start_child, stop_children

SECONDS = 120
EXPECTED = {
    *(f"troubled.{name}" for name in ("hangs", "dies", "unheard_of", "well", "fails")),
    "unreadable message",
}


@pytest.fixture
def worker(committed_cast: Cast, tmp_path: Path) -> Iterator[Child]:
    options = ["-Q", names.QUEUE, "-n", "troubled@tests", "--concurrency", "2"]
    options += ["--without-gossip", "--without-mingle"]
    program = Program(
        name="troubled",
        command=[sys.executable, "-m", "celery", "-A", names.WORKER, "worker", *options],
        env={**run_environment(), "VCSM_LOG_FORMAT": "json"},
        folder=ROOT,
    )
    child = start_child(program, log=tmp_path / "troubled.log")
    yield child
    stop_children([child])


def test_poison_stops_no_queue_and_is_kept(worker: Child, committed_cast: Cast) -> None:
    session = committed_cast.session()
    client = redis.Redis.from_url(os.environ["REDIS_URL"])
    client.delete(names.DONE, names.HEALED, names.TRIED)
    DeadLetter.objects.filter(task__in=EXPECTED).delete()  # those of other tests' workers
    limits = {"soft_time_limit": 1, "time_limit": 2}
    app.send_task("troubled.hangs", kwargs={"number": 1}, queue=names.QUEUE, **limits)
    enqueue("troubled.dies", queue=names.QUEUE, number=2)
    enqueue("troubled.unheard_of", queue=names.QUEUE, number=3)
    enqueue("troubled.well", queue=names.QUEUE, wrong="argument")
    enqueue("troubled.asked", queue=names.QUEUE, number=4)
    client.lpush(names.QUEUE, _no_task(client))
    enqueue("troubled.fails", queue=names.QUEUE, session_id=str(session.pk))
    enqueue("troubled.well", queue=names.QUEUE, number=5)

    letters = _wait(lambda: _letters() if set(_letters()) == EXPECTED else None, worker)

    assert client.lrange(names.DONE, 0, -1) == [b"well 5"]
    tried = client.lrange(names.TRIED, 0, -1)
    assert tried.count(b"dies 2") == 5 and tried.count(str(session.pk).encode()) == 5
    assert tried.count(b"asked 4") == 1 and "troubled.asked" not in letters
    assert letters["troubled.fails"].error == "ValueError"
    assert letters["troubled.fails"].workspace_id == committed_cast.acme.pk
    assert letters["troubled.unheard_of"].workspace_id is None
    assert "signal 9" in letters["troubled.dies"].error
    assert "TimeLimitExceeded" in letters["troubled.hangs"].error
    assert "TypeError" in letters["troubled.well"].error
    assert not letters["unreadable message"].runnable
    said = worker.log.read_text()
    lines = said[said.index("troubled@tests ready") :].splitlines()[1:]
    assert "zanzibar" not in said and "Vertrauen" not in said
    assert [line for line in lines if not _is_json(line)] == []

    _run_again_and_see_it_settled(letters["troubled.fails"], client, worker)


def _run_again_and_see_it_settled(letter: DeadLetter, client: redis.Redis, worker: Child) -> None:
    """By hand into the queue of this worker: `run_again` sends to the task's own."""
    client.set(names.HEALED, 1)
    DeadLetter.objects.filter(pk=letter.pk).update(run_at=timezone.now(), run_by="Bob")
    enqueue(letter.task, queue=names.QUEUE, **letter.arguments)
    settled = DeadLetter.objects.filter(pk=letter.pk).exclude(settled_at=None)
    _wait(settled.first, worker)
    letter.refresh_from_db()
    assert (letter.outcome, letter.settled_by, letter.times) == ("done", "Bob", 1)


def _no_task(client: redis.Redis) -> str:
    """An envelope as the broker's, with something else in it."""
    enqueue("troubled.well", queue="elsewhere", number=0)
    envelope = json.loads(client.rpop("elsewhere"))
    envelope["body"] = "bm8gSlNPTg=="
    return json.dumps(envelope)


def _letters() -> dict[str, DeadLetter]:
    standing = DeadLetter.objects.filter(settled_at=None, task__in=EXPECTED)
    return {letter.task: letter for letter in standing}


def _is_json(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _wait(look: Callable[[], Any], worker: Child) -> Any:
    deadline = time.monotonic() + SECONDS
    while (found := look()) is None:
        assert time.monotonic() < deadline, (
            f"{sorted(_letters())}\n{worker.log.read_text()[-6000:]}"
        )
        time.sleep(0.1)
    return found
