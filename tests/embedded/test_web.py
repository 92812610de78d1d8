"""A web process by itself, as a container starts it."""

import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.stack import Stack, free_port, run_environment
from vcsm.embedded.port import bind_port

WEB = [sys.executable, "-m", "vcsm.embedded.web"]


@pytest.fixture
def served(stack: Stack) -> Iterator[str]:
    place = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen([*WEB, place], env=run_environment())
    yield place
    process.terminate()
    assert process.wait(30) == -signal.SIGTERM


def test_it_works(served: str) -> None:
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(f"http://{served}/healthz", timeout=5) as ok:
            assert ok.status == 200
            return
        time.sleep(0.2)
    raise AssertionError("it did not come up within a minute")


@pytest.mark.parametrize(
    ("place", "told"),
    [(["8000:"], "write HOST:PORT"), (["localhost:http"], "write HOST:PORT"), ([], "usage:")],
)
def test_what_is_no_place_is_refused(place: list[str], told: str) -> None:
    done = subprocess.run([*WEB, *place], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert told in done.stderr


def test_a_taken_port_is_named() -> None:
    with bind_port("127.0.0.1", None) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run([*WEB, place], capture_output=True, text=True, check=False)
    assert (done.returncode, "Cannot listen on" in done.stderr) == (1, True)
