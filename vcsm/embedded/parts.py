"""The parts of VCSM beside its two services: how each is started, and known to work."""

import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vcsm.core.valkey import broker
from vcsm.embedded.child import Child, Program

ROOT = Path(__file__).resolve().parents[2]


WORKER_NICE = {"urgent": 0, "again": 10}
"""Niceness by queue: on one machine for everything, contacts who have just written or begun to
struggle go before those who were thought about a moment ago."""
HOUSEKEEPING_NICE = 5
"""Niceness of all other queues."""


@dataclass(frozen=True)
class Part:
    """A program, and a check whether it is ready, which never raises."""

    program: Program
    is_ready: Callable[[Child], bool]

    def with_code_in(self, folder: Path) -> "Part":
        """Returns the part with its code from another checkout, as during an upgrade."""
        return replace(self, program=replace(self.program, folder=folder))


def manage(*arguments: str, env: Mapping[str, str]) -> Program:
    """Returns `manage.py …` as a program, named after its command."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return Program(name=arguments[0], command=command, env=env, folder=ROOT)


def web(*, number: int, bound: socket.socket, url: str, env: Mapping[str, str]) -> Part:
    descriptor = bound.fileno()
    program = Program(
        name=f"web-{number}",
        command=[sys.executable, "-m", "vcsm.embedded.web", str(descriptor)],
        env={**env, "VCSM_ENCODER_HERE": "False"},
        pass_fds=(descriptor,),
        folder=ROOT,
    )
    return Part(program, lambda child: _answers(f"{url}/healthz"))


def worker(*, queue: str, processes: int, home: Path, env: Mapping[str, str]) -> Part:
    """Returns a Celery worker, best for one queue alone.

    No reply then waits behind housekeeping.
    """
    node = queue.replace(",", "-") + f"@{home.name}"
    options = ["-n", node, "-Q", queue, "--concurrency", str(processes)]
    options += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    command = [sys.executable, "-m", "celery", "-A", "tasks", "worker", *options]
    nice = WORKER_NICE.get(queue, HOUSEKEEPING_NICE)
    program = Program(name=f"worker-{queue}", command=command, env=env, folder=ROOT, nice=nice)
    address = broker(os.environ.get("VCSM_BROKER_URL") or env["REDIS_URL"])
    return Part(program, lambda child: _pongs(node, address=address))


def beat(*, home: Path, env: Mapping[str, str]) -> Part:
    options = ["--schedule", str(home / "beat-schedule"), "--pidfile", "", "--loglevel", "INFO"]
    command = [sys.executable, "-m", "celery", "-A", "tasks", "beat", *options]
    program = Program(name="beat", command=command, env=env, folder=ROOT)
    return Part(program, lambda child: "beat is up" in child.log.read_text(errors="replace"))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500  # it speaks HTTP; whether it likes the host is up to the settings
    except OSError:
        return False


def _pongs(node: str, *, address: str) -> bool:
    from celery import Celery
    from kombu.exceptions import OperationalError

    with Celery(broker=address) as app:
        try:
            return bool(app.control.ping(destination=[node], timeout=0.5))
        except OperationalError:
            return False
