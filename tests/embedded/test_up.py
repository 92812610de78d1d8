"""`manage.py up`, the real one: real services, web, workers and beat."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.embedded.homes import make_home
from tests.embedded.processes import processes_of, wait_until
from vcsm.embedded.port import bind_port

pytestmark = [pytest.mark.long, pytest.mark.timeout(500)]
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 200


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One for all: the second start finds the data of the first, and what a killed one left."""
    with pytest.MonkeyPatch.context() as patch, make_home(patch) as folder:
        yield folder


class Up:
    """A running `manage.py up` and what it has said so far."""

    def __init__(self, home: Path) -> None:
        self._output = home / "said"
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "manage.py", "up"],
                env={**os.environ, "VCSM_HOME": str(home)},
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
            )

    def said(self) -> str:
        return self._output.read_text()

    def wait_ready(self) -> str:
        """The address it says when everything is ready."""
        deadline = time.monotonic() + SECONDS
        while "Ctrl-C stops" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)
        found = re.search(r"Ready: (http://\S+)/\n", self.said())
        assert found, self.said()
        return found[1]

    def part(self, words: str) -> psutil.Process:
        """The one process of its own whose command line holds `words`."""
        children = psutil.Process(self.process.pid).children()
        (found,) = [it for it in children if words in " ".join(it.cmdline())]
        return found


@contextmanager
def running(home: Path) -> Iterator[Up]:
    up = Up(home)
    try:
        yield up
    finally:
        up.process.terminate()
        up.process.wait(60)


def test_it_works(home: Path) -> None:
    with running(home) as up:
        url = up.wait_ready()
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
            assert answer.status == 200
        second = subprocess.run(
            [sys.executable, ROOT / "manage.py", "up"],
            env={**os.environ, "VCSM_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert f"VCSM already runs in {home} (process {up.process.pid})" in second.stderr
        up.process.send_signal(signal.SIGINT)
        assert up.process.wait(60) == 0
    assert not processes_of(home)


def test_killed_itself_it_leaves_nobody(home: Path) -> None:
    with running(home) as up:
        up.wait_ready()
        up.process.kill()
        up.process.wait()
        wait_until(lambda: not processes_of(home))


def test_part_that_crashes_is_named_and_the_rest_stopped(home: Path) -> None:
    with running(home) as up:
        up.wait_ready()
        up.part("-Q urgent").kill()
        assert up.process.wait(60) == 1
        assert "worker-urgent was killed by SIGKILL" in up.said()
        assert "Traceback" not in up.said()
    assert not processes_of(home)


def test_asked_port_is_busy(home: Path) -> None:
    with bind_port("127.0.0.1", None) as taken:
        number = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", "up", "--port", str(number)],
            env={**os.environ, "VCSM_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {number}" in done.stderr
    assert not processes_of(home)
