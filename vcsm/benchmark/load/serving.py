"""Runs the benchmark's own servers: embedded services, migrated, web processes, maybe workers."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil
from django.core.management.base import CommandError

from vcsm.benchmark.load.driver import Driven, Load
from vcsm.benchmark.load.flooder import Flood, Flooded, run_flood
from vcsm.benchmark.load.seed import Demo, Seeded
from vcsm.benchmark.own_stack import ROOT
from vcsm.embedded.cache import share_cache
from vcsm.embedded.child import Child, start_child, stop_children
from vcsm.embedded.data_folder import LOG_AHEAD
from vcsm.embedded.parts import Part, web, worker
from vcsm.embedded.start import default_home, start_services

OURS = "vcsm.config.asgi:application"
START_SECONDS = 60


@dataclass
class Site:
    """Services with a fresh, migrated database. `keys` has one widget key for each workspace."""

    home: Path
    env: dict[str, str]
    keys: list[str]
    services: tuple[Child, ...]
    demo: Demo | None

    @contextmanager
    def serve(
        self, application: str = OURS, *, processes: int = 1, first: int = 1
    ) -> Iterator["Serving"]:
        """Runs `application` in `processes` web processes on one port; stops them afterwards.

        They are numbered from `first`, so that those of several servers keep a log each.
        """
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{bound.getsockname()[1]}"
            env = {**self.env, "VCSM_ASGI": application}
            parts = [
                web(number=first + number, bound=bound, url=f"http://{address}", env=env)
                for number in range(processes)
            ]
            bound.listen(2048)
            with self._running(parts) as children:
                yield Serving(address=address, children=children, site=self)

    @contextmanager
    def work(self, queue: str, *, processes: int = 1) -> Iterator[list[Child]]:
        part = worker(queue=queue, processes=processes, home=self.home, env=self.env)
        with self._running([part]) as children:
            yield children

    @contextmanager
    def _running(self, parts: Sequence[Part]) -> Iterator[list[Child]]:
        children: list[Child] = []
        try:
            for part in parts:
                log = self.home / "log" / f"{part.program.name}.log"
                children.append(start_child(part.program, log=log))
                _wait(part, children[-1])
            yield children
        finally:
            stop_children(children)


@dataclass
class Serving:
    address: str
    children: list[Child]
    site: Site

    def drive(self, **load: object) -> Driven:
        """Loads the site from a separate process, given the fields of `Load`; returns its counts.

        Raises CommandError if its answer is cut off or the server closed any of its sockets.
        """
        wanted = {"address": self.address, "keys": self.site.keys, **load}
        done = subprocess.run(
            [sys.executable, "-m", "vcsm.benchmark.load.driver"],
            input=msgspec.json.encode(msgspec.convert(wanted, Load)) + b"\n",
            stdout=subprocess.PIPE,
            check=True,
        )
        try:
            driven = msgspec.json.decode(done.stdout, type=Driven)
        except msgspec.DecodeError as error:
            end = done.stdout[-200:]
            raise CommandError(
                f"the load's answer of {len(done.stdout)} bytes ends in {end!r}: {error}"
            ) from error
        if driven.lost:
            said = "\n".join(child.obituary() for child in self.children)
            raise CommandError(f"the server closed {driven.lost} sockets of the load:\n{said}")
        return driven

    def flood(self, **flood: object) -> Flooded:
        """Floods the first workspace, as `flooder` describes; the second is the quiet one."""
        wanted = {"address": self.address, "keys": self.site.keys[:2], **flood}
        return run_flood(msgspec.convert(wanted, Flood))

    def cpu_seconds(self) -> dict[str, float]:
        """Returns the CPU seconds that `web` and `postgres` have used so far."""
        return {
            "web": sum(_cpu(child) for child in self.children),
            "postgres": sum(
                _cpu(child) for child in self.site.services if child.name == "PostgreSQL"
            ),
        }

    def resident_bytes(self) -> int:
        return sum(psutil.Process(child.process.pid).memory_info().rss for child in self.children)


@contextmanager
def start_site(
    *, workspaces: int = 1, demo: bool = False, postgres: Sequence[str] = ()
) -> Iterator[Site]:
    """Starts a site in a temporary home, never on DATABASE_URL, whose data belong to somebody.

    `demo` seeds the demo's workspace too; `postgres` are `name = value` settings put in force by
    ALTER SYSTEM before anything is measured.
    """
    given = {name: os.environ.pop(name, None) for name in ("DATABASE_URL", "REDIS_URL")}
    try:
        with tempfile.TemporaryDirectory(prefix="vcsm-load-") as folder:
            home = Path(folder)
            home.chmod(0o755)  # under root, PostgreSQL runs as another account and must get in
            share_cache(home, of=default_home())
            with start_services(home, log_ahead=LOG_AHEAD) as services:
                env = {**services.environment(), "VCSM_HOME": folder}
                _manage("migrate", "--verbosity", "0", "--skip-checks", env=env)
                _configure(services.database_url, postgres)
                wanted = [str(workspaces), *(["--demo"] if demo else [])]
                told = _python("-m", "vcsm.benchmark.load.seed", *wanted, env=env)
                seeded = msgspec.json.decode(told, type=Seeded)
                yield Site(
                    home=home,
                    env=env,
                    keys=seeded.keys,
                    services=services.children,
                    demo=seeded.demo,
                )
    finally:
        os.environ.update({name: value for name, value in given.items() if value is not None})


def _configure(url: str, settings: Sequence[str]) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for setting in settings:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")


def _manage(*arguments: str, env: dict[str, str]) -> None:
    _python("manage.py", *arguments, env=env)


def _python(*arguments: str, env: dict[str, str]) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "vcsm.config.settings"}
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **settings, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CommandError(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def _wait(part: Part, child: Child) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not part.is_ready(child):
        if not child.running():
            raise CommandError(child.obituary())
        if time.monotonic() > deadline:
            raise CommandError(f"{child.name} does not answer; its log is {child.log}")
        time.sleep(0.05)


def _cpu(child: Child) -> float:
    """Returns the CPU seconds of a process and its descendants, including those that have ended."""
    process = psutil.Process(child.process.pid)
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        times = one.cpu_times()
        total += times.user + times.system
        total += times.children_user + times.children_system if one is process else 0.0
    return total
