"""What is done to the parts. Each blow returns when it is over; `Hurt.raise_dead` starts again what
it killed, as a process manager would."""

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
    """Kills the process in which a task runs; its worker lives and starts another."""
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
    """Kills the server with all its processes, as when a machine is lost."""
    hurt.signal("postgres", signal.SIGKILL)


def kill_backend(hurt: Hurt, draw: random.Random) -> None:
    """Kills one of its processes: PostgreSQL then ends all others and recovers by itself."""
    backends = psutil.Process(hurt.pid("postgres")).children()
    draw.choice(backends).kill()


def kill_valkey(hurt: Hurt, draw: random.Random) -> None:
    """Kills Valkey, which keeps nothing on disk: every queue and group is gone."""
    hurt.signal("valkey", signal.SIGKILL)


def wipe_valkey(hurt: Hurt, draw: random.Random) -> None:
    with redis.Redis.from_url(hurt.redis_url, socket_timeout=5) as client:
        client.flushall()


def cut_web(hurt: Hurt, draw: random.Random) -> None:
    """Cuts the web processes off from everybody: customers, database, Valkey."""
    _cut(hurt, "web", draw)


def cut_worker(hurt: Hurt, draw: random.Random) -> None:
    _cut(hurt, "work", draw)


def cut_valkey(hurt: Hurt, draw: random.Random) -> None:
    _cut(hurt, "valkey", draw)


def cut_postgres(hurt: Hurt, draw: random.Random) -> None:
    """Cuts the database off, from its follower too: no commit can finish meanwhile."""
    assert hurt.pair is not None
    _cut(hurt, hurt.pair.leader, draw)


def fail_over(hurt: Hurt, draw: random.Random) -> None:
    """Loses the leader's machine for good; a new one follows the server that takes over."""
    assert hurt.pair is not None
    if not hurt.pair.follows:
        hurt.pair.follow()
    hurt.pair.fail_over()
    hurt.children["postgres"] = hurt.pair.running[hurt.pair.leader]
    hurt.pair.follow()


def move_clock(hurt: Hurt, draw: random.Random) -> None:
    """Moves the clock of web, worker and beat by half a minute, an hour or 25 hours while they run;
    resets it after some seconds."""
    assert hurt.clock is not None
    hurt.clock.move(draw.choice([-1, 1]) * draw.choice([30, 3_600, 90_000]))
    try:
        time.sleep(draw.uniform(1, 5))
    finally:
        hurt.clock.move(0)


def fill_disk(hurt: Hurt, draw: random.Random) -> None:
    """Fills the disk for some seconds, then frees it. Needs a disk of the run's own (`--disk`)."""
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


def _cut(hurt: Hurt, host: str, draw: random.Random) -> None:
    assert hurt.net is not None
    hurt.net.pull(host)
    try:
        time.sleep(draw.uniform(0.5, 6))
    finally:
        hurt.net.plug_in(host)


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
        cut_web,
        cut_worker,
        cut_valkey,
        cut_postgres,
        fail_over,
        move_clock,
        fill_disk,
    )
}
ON_HOSTS = {"cut_web", "cut_worker", "cut_valkey", "cut_postgres", "fail_over"}
"""Blows that need a network of several hosts."""
