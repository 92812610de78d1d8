"""Which processes exist, as the kernel reports them."""

import time
from collections.abc import Callable
from pathlib import Path

import psutil


def processes_of(home: Path) -> set[str]:
    """Returns living processes whose command line or environment names `home`, as "pid command"."""
    found = set()
    for process in psutil.process_iter():
        try:
            named = [*process.cmdline(), process.environ().get("VCSM_HOME", "")]
            if process.status() != psutil.STATUS_ZOMBIE and any(str(home) in it for it in named):
                found.add(f"{process.pid} {' '.join(process.cmdline())}")
        except psutil.Error:
            continue  # it ended while we looked, or is not ours
    return found


def wait_until(true: Callable[[], object], *, seconds: float = 60) -> None:
    """Waits for the kernel to catch up; fails loudly when it does not."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
