"""A whole VCSM for one measurement, demo and customers included, in an empty home."""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError

from vcsm.embedded.cache import share_cache
from vcsm.embedded.start import default_home

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 30

_READY = re.compile(r"Ready: (http\S+?)/?$")


class StackFailed(CommandError):
    """`manage.py up` ended before it was ready; the message is its last output."""


@dataclass(frozen=True)
class OwnStack:
    """A running stack. `url` has no slash at its end; log-ins and logs are in `home`."""

    url: str
    home: Path


@contextmanager
def start_own_stack() -> Iterator[OwnStack]:
    """Runs `manage.py up --demo` on embedded services; stops and deletes it afterwards.

    DATABASE_URL is never used: a measurement leaves data behind that belongs in nobody's database.
    """
    with tempfile.TemporaryDirectory(prefix="vcsm-benchmark-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # under root, PostgreSQL runs as another account, which must get in
        share_cache(home, of=default_home())
        env = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "REDIS_URL")
        }
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "up", "--demo"],
            env={**env, "VCSM_HOME": folder, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            yield OwnStack(url=_wait_until_ready(process), home=home)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.communicate(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()


def _wait_until_ready(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    last: deque[str] = deque(maxlen=20)
    for line in process.stdout:
        last.append(line)
        ready = _READY.search(line.rstrip())
        if ready:
            return ready[1]
    raise StackFailed("".join(last))
