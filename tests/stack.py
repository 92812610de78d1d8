"""The real web server and Celery worker, as processes, on the test run's database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 90


@dataclass(frozen=True)
class Stack:
    port: int
    logs: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def socket_url(self, key: str) -> str:
        return f"ws://127.0.0.1:{self.port}/widget/socket?key={key}"

    def log(self, part: str) -> str:
        return (self.logs / f"{part}.log").read_text()


@contextmanager
def start_stack() -> Iterator[Stack]:
    import tempfile

    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="vcsm-stack-") as folder:
        running = Stack(port=port, logs=Path(folder))
        env = {
            **os.environ,
            "DATABASE_URL": _test_database_url(),
            "VCSM_DEMO": "True",
            "PYTHONPATH": str(ROOT),
        }
        parts = {
            "web": [
                *("-m", "uvicorn", "vcsm.config.asgi:application", "--port", str(port)),
                *("--ws", "websockets-sansio", "--lifespan", "off"),
            ],
            "worker": [
                *("-m", "celery", "-A", "tasks", "worker", "--concurrency", "1"),
                *("-Q", "urgent,default", "--loglevel", "INFO"),
            ],
        }
        processes = {name: _start(name, parts[name], env, running.logs) for name in parts}
        try:
            _wait_until(lambda: _answers(f"{running.origin}/healthz"), processes, running)
            _wait_until(lambda: " ready." in running.log("worker"), processes, running)
            yield running
        finally:
            for process in processes.values():
                os.killpg(process.pid, signal.SIGTERM)
            for process in processes.values():
                try:
                    process.wait(15)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)


def _start(name: str, arguments: list[str], env: dict[str, str], logs: Path) -> subprocess.Popen:
    with (logs / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until(ready: object, processes: dict[str, subprocess.Popen], stack: Stack) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():  # type: ignore[operator]
        for name, process in processes.items():
            if process.poll() is not None:
                raise RuntimeError(f"{name} ended:\n{stack.log(name)[-3000:]}")
        if time.monotonic() > deadline:
            logs = "\n".join(stack.log(name)[-2000:] for name in processes)
            raise RuntimeError(f"the stack is not up after {START_SECONDS} s:\n{logs}")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _test_database_url() -> str:
    """The database that pytest-django made, as a URL for other processes."""
    settings = connection.settings_dict
    login = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    host = settings["HOST"]
    if host.startswith("/"):
        return f"postgresql://{login}@:{settings['PORT']}/{settings['NAME']}?host={host}"
    return f"postgresql://{login}@{host}:{settings['PORT']}/{settings['NAME']}"
