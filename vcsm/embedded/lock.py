"""Allows one start at a time in one home, by a lock that the kernel frees when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vcsm.embedded.trouble import Trouble


@contextmanager
def hold_home(home: Path) -> Iterator[None]:
    """Holds `home`. Raises Trouble, naming the other process, when it is already in use."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise Trouble(
                f"VCSM already runs in {home} (process {holder}): "
                "stop it, or set VCSM_HOME to another folder."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def is_held(home: Path) -> bool:
    """Returns whether a living process holds `home`."""
    try:
        with (home / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
