"""Clears what a crash leaves in a data folder: a pid file, and perhaps a server still dying."""

import os
import signal
import time
from pathlib import Path

import psutil

from vcsm.embedded.trouble import Trouble

_PATIENCE = 15


def clear_leftover(data: Path) -> None:
    """Ends a server that still runs on `data`, then removes its pid file.

    The caller holds the lock of the home, so such a server belongs to nobody: its supervisor was
    killed. PostgreSQL itself would refuse to start when the pid in the file has meanwhile gone to
    another process or to a zombie. Raises Trouble when the server will not end.
    """
    pid_file = data / "postmaster.pid"
    pid = _read_pid(pid_file)
    if pid is None:
        return
    for farewell in (signal.SIGINT, signal.SIGQUIT):
        if not _serves(pid, data):
            break
        os.kill(pid, farewell)
        _wait_until_gone(pid, data)
    if _serves(pid, data):
        raise Trouble(f"PostgreSQL (process {pid}) still runs on {data} and does not stop: end it.")
    pid_file.unlink(missing_ok=True)


def _read_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _serves(pid: int, data: Path) -> bool:
    """Returns whether this is a live PostgreSQL on `data`, which is then its working folder."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return Path(process.cwd()) == data.resolve()
    except psutil.Error:
        return False  # gone, or of another account and therefore not ours


def _wait_until_gone(pid: int, data: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while _serves(pid, data) and time.monotonic() < deadline:
        time.sleep(0.05)
