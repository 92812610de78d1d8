"""RabbitMQ as the broker: work is done, what fails is kept, what a dead worker had comes back."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from celery import Celery
from django.conf import settings
from kombu import Connection

from tests.cast import Cast
from tests.dead_letters import names
from tests.dead_letters.rabbit import BIN, rabbit
from tests.stack import ROOT, run_environment
from vcsm.core import backlog
from vcsm.dead_letters.models import DeadLetter
from vcsm.embedded.child import Child, Program, start_child, stop_children

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not (BIN / "rabbitmq-server").exists(),
        reason="RabbitMQ is not installed here (Debian: apt install rabbitmq-server)",
    ),
]
SECONDS = 120


def test_it_works(committed_cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = str(committed_cast.session().pk)
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete(names.DONE, names.TRIED, names.HEALED)
    with rabbit(tmp_path) as url, Celery(broker=url) as sender:
        with worker(url, tmp_path / "first.log") as first:
            send(sender, "fails", session_id=session)
            send(sender, "dies", number=1)
            send(sender, "well", number=2)
            send(sender, "slow", number=3)
            wait(lambda: _letter("fails", session_id=session), first)
            wait(lambda: _letter("dies", number=1), first)
            send(sender, "slow", number=4)
            wait(lambda: b"slow 4" in client.lrange(names.TRIED, 0, -1), first)
            first.process.kill()
        send(sender, "well", number=5)
        monkeypatch.setattr(backlog.app, "connection_for_read", lambda **_: Connection(url))
        wait(lambda: backlog.queue_length(names.QUEUE), first)
        assert backlog.queue_length("never declared") == 0
        with worker(url, tmp_path / "second.log") as second:
            wait(lambda: len(client.lrange(names.DONE, 0, -1)) == 4, second)
    done = sorted(client.lrange(names.DONE, 0, -1))
    assert done == [b"slow 3", b"slow 4", b"well 2", b"well 5"]
    assert client.lrange(names.TRIED, 0, -1).count(session.encode()) == 5


@contextmanager
def worker(url: str, log: Path) -> Iterator[Child]:
    options = ["-Q", names.QUEUE, "--concurrency", "2", "--without-gossip", "--without-mingle"]
    program = Program(
        name="rabbit-worker",
        command=[sys.executable, "-m", "celery", "-A", names.WORKER, "worker", *options],
        env={**run_environment(), "VCSM_BROKER_URL": url},
        folder=ROOT,
    )
    child = start_child(program, log=log)
    try:
        yield child
    finally:
        stop_children([child])


def _letter(name: str, **arguments: Any) -> DeadLetter | None:
    standing = DeadLetter.objects.filter(settled_at=None, arguments=arguments)
    return standing.filter(task=f"troubled.{name}").first()


def send(sender: Celery, name: str, **arguments: Any) -> None:
    sender.send_task(f"troubled.{name}", kwargs=arguments, queue=names.QUEUE)


def wait(look: Callable[[], Any], child: Child) -> None:
    deadline = time.monotonic() + SECONDS
    while not look():
        assert time.monotonic() < deadline, child.log.read_text(errors="replace")[-5000:]
        time.sleep(0.1)
