"""The real web server and Celery worker, as `make up` starts them, on the test run's database."""

import os
import socket
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from vcsm.embedded.child import Child, start_child, stop_children
from vcsm.embedded.parts import Part, web, worker

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 180


@dataclass(frozen=True)
class Stack:
    port: int
    children: dict[str, Child]

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def socket_url(self, key: str) -> str:
        return f"ws://127.0.0.1:{self.port}/widget/socket?key={key}"

    def log(self, part: str) -> str:
        return self.children[part].log.read_text(errors="replace")


@contextmanager
def start_stack(more: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """Starts a web process and one worker for all queues, because tests share two cores.

    `more` is added to the environment of both.
    """
    env = {**run_environment(), **(more or {})}
    with tempfile.TemporaryDirectory(prefix="vcsm-stack-") as folder, socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = int(bound.getsockname()[1])
        home = Path(folder)
        parts = {
            "web": web(number=1, bound=bound, url=f"http://127.0.0.1:{port}", env=env),
            "worker": worker(queue="urgent,again,default,bulk", processes=1, home=home, env=env),
        }
        children = {
            name: start_child(part.program, log=home / f"{name}.log")
            for name, part in parts.items()
        }
        try:
            for name, part in parts.items():
                _wait(part, children[name])
            yield Stack(port=port, children=children)
        finally:
            stop_children(list(children.values()))


@contextmanager
def start_part(part: Part, *, name: str, home: Path) -> Iterator[Child]:
    """Starts one more part beside the stack, for what the stack's own parts are not set up for."""
    child = start_child(part.program, log=home / f"{name}.log")
    try:
        _wait(part, child)
        yield child
    finally:
        stop_children([child])


def run_environment() -> dict[str, str]:
    """Returns the environment that makes a part of VCSM belong to this test run."""
    return {
        "DATABASE_URL": _test_database_url(),
        "REDIS_URL": os.environ["REDIS_URL"],
        "VCSM_DEMO": "True",
    }


def free_port() -> int:
    """Returns a port that nobody listens on; with bad luck somebody takes it before its use."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(part: Part, child: Child) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not part.is_ready(child):
        assert child.running(), child.obituary()
        assert time.monotonic() < deadline, f"{child.name} is not ready:\n{child.log.read_text()}"
        time.sleep(0.1)


def _test_database_url() -> str:
    """Returns the database that pytest-django made, as a URL for other processes."""
    settings = connection.settings_dict
    login = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    host = settings["HOST"]
    if host.startswith("/"):
        return f"postgresql://{login}@:{settings['PORT']}/{settings['NAME']}?host={host}"
    return f"postgresql://{login}@{host}:{settings['PORT']}/{settings['NAME']}"
