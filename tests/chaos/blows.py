"""What is done to the parts. Each blow returns when it is over; what it killed is started again by
`Hurt.raise_dead`, as a process manager would."""

import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress

import psutil
import redis

from tests.chaos.parts import Hurt

Blow = Callable[[Hurt, random.Random], None]


def kill_web(hurt: Hurt, draw: random.Random) -> None:
    hurt.signal(draw.choice(["web-1", "web-2"]), signal.SIGKILL)


def kill_both_web(hurt: Hurt, draw: random.Random) -> None:
    hurt.signal("web-1", signal.SIGKILL)
    hurt.signal("web-2", signal.SIGKILL)


def kill_worker(hurt: Hurt, draw: random.Random) -> None:
    hurt.signal("worker", signal.SIGKILL)


def kill_task(hurt: Hurt, draw: random.Random) -> None:
    """The process in which a task runs; its worker lives and starts another."""
    psutil.Process(hurt.pool_pid()).kill()


def kill_beat(hurt: Hurt, draw: random.Random) -> None:
    hurt.signal("beat", signal.SIGKILL)


def stall_web(hurt: Hurt, draw: random.Random) -> None:
    _stall(hurt, draw.choice(["web-1", "web-2"]), draw)


def stall_worker(hurt: Hurt, draw: random.Random) -> None:
    _stall(hurt, "worker", draw)


def stall_postgres(hurt: Hurt, draw: random.Random) -> None:
    _stall(hurt, "postgres", draw)


def stall_valkey(hurt: Hurt, draw: random.Random) -> None:
    _stall(hurt, "valkey", draw)


def kill_postgres(hurt: Hurt, draw: random.Random) -> None:
    """The server with all its processes, as a lost machine."""
    hurt.signal("postgres", signal.SIGKILL)


def kill_backend(hurt: Hurt, draw: random.Random) -> None:
    """One of its processes: PostgreSQL then ends all others and recovers by itself."""
    backends = psutil.Process(hurt.pid("postgres")).children()
    draw.choice(backends).kill()


def kill_valkey(hurt: Hurt, draw: random.Random) -> None:
    """It keeps nothing on disk: every queue and group is gone."""
    hurt.signal("valkey", signal.SIGKILL)


def wipe_valkey(hurt: Hurt, draw: random.Random) -> None:
    with redis.Redis.from_url(hurt.redis_url, socket_timeout=5) as client:
        client.flushall()


def fill_disk(hurt: Hurt, draw: random.Random) -> None:
    """Only on a disk of the run's own (`--disk`): full for some seconds, then as before."""
    hoard = hurt.home / "hoard"
    try:
        with suppress(OSError), hoard.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(1 << 16))
        until = time.monotonic() + draw.uniform(2, 6)
        while time.monotonic() < until:
            time.sleep(0.2)
    finally:
        hoard.unlink(missing_ok=True)


def _stall(hurt: Hurt, name: str, draw: random.Random) -> None:
    hurt.signal(name, signal.SIGSTOP)
    try:
        time.sleep(draw.uniform(0.5, 3))
    finally:
        hurt.signal(name, signal.SIGCONT)


BLOWS: dict[str, Blow] = {
    blow.__name__: blow
    for blow in (
        kill_web,
        kill_both_web,
        kill_worker,
        kill_task,
        kill_beat,
        stall_web,
        stall_worker,
        stall_postgres,
        stall_valkey,
        kill_postgres,
        kill_backend,
        kill_valkey,
        wipe_valkey,
        fill_disk,
    )
}
