"""Keeps the two services up for a developer: until Ctrl-C, or for as long as a command runs."""

import os
import shlex
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from vcsm.embedded.farewell import Farewell
from vcsm.embedded.start import Services, start_services
from vcsm.embedded.trouble import Trouble


def keep_services(home: Path, *, say: Callable[[str], None]) -> None:
    """Starts both, says how another shell reaches them, and waits for SIGINT or SIGTERM."""
    with Farewell() as farewell, start_services(home) as services:
        for name, url in services.environment().items():
            say(f"{name}={url}")
        file = shlex.quote(str(home.resolve() / "services.env"))
        say(f"In another shell: . {file}    Ctrl-C stops both.")
        while not farewell.wait(0.5):
            _check_alive(services)


def run_with_services(command: Sequence[str], *, home: Path) -> int:
    """Runs `command` with both settings in its environment; returns its exit code."""
    with start_services(home) as services:
        return subprocess.call(command, env={**os.environ, **services.environment()})


def _check_alive(services: Services) -> None:
    for child in services.children:
        if not child.running():
            raise Trouble(child.obituary())
