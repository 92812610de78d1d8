"""Measures how long tasks wait: beat sends a pulse into each queue, and the worker notes its wait.

A pulse that is not back tells something too: the oldest is remembered, so a queue that nobody works
on grows old instead of keeping its last good wait. Times are by the sender's and the worker's
clocks; across machines they are as good as NTP.
"""

import time
from dataclasses import dataclass
from typing import Any

import redis
from django.conf import settings

from vcsm.core.queue import enqueue

TASK = "core.pulse"
KEPT = 1_000
FORGOTTEN = 3600
"""Seconds after which pulses and waits are forgotten."""


@dataclass(frozen=True, slots=True)
class Pulses:
    """Pulses of one queue; times in seconds since the epoch."""

    waits: list[float]
    """The last wait in milliseconds; empty without a worker."""
    last_sent: float | None
    """When the last pulse was sent; None if none was in the last hour."""
    oldest_waiting: float | None
    """When the oldest pulse that has not come through was sent; None if all have."""


def send_pulse(queue: str, *, now: float | None = None) -> None:
    """Puts a pulse at the end of `queue`."""
    sent_at = time.time() if now is None else now
    with redis.Redis.from_url(settings.REDIS_URL) as client, client.pipeline() as pipe:
        pipe.set(_key(queue, "sent"), sent_at, ex=FORGOTTEN)
        pipe.zadd(_key(queue, "waiting"), {str(sent_at): sent_at})
        pipe.zremrangebyrank(_key(queue, "waiting"), KEPT, -1)
        pipe.expire(_key(queue, "waiting"), FORGOTTEN)
        pipe.execute()
    # Called `lane` because `queue` says where the task goes.
    enqueue(TASK, queue=queue, lane=queue, sent_at=sent_at)


def note_wait(*, queue: str, sent_at: float, now: float | None = None) -> None:
    """Adds one wait of `queue`, in milliseconds, to the last thousand.

    A queue is worked off in order, so every pulse sent earlier has come through or is lost.
    """
    waited = ((time.time() if now is None else now) - sent_at) * 1000
    with redis.Redis.from_url(settings.REDIS_URL) as client, client.pipeline() as pipe:
        pipe.lpush(_key(queue), waited)
        pipe.ltrim(_key(queue), 0, KEPT - 1)
        pipe.expire(_key(queue), FORGOTTEN)
        pipe.zremrangebyscore(_key(queue, "waiting"), "-inf", sent_at)
        pipe.execute()


def read_waits(client: redis.Redis, *, queue: str) -> list[float]:
    """Returns the last waits of `queue` in milliseconds, latest first; empty without a worker."""
    return [float(wait) for wait in client.lrange(_key(queue), 0, -1)]


def read_pulses(client: redis.Redis, *, queue: str) -> Pulses:
    sent = client.get(_key(queue, "sent"))
    waiting: list[Any] = client.zrange(_key(queue, "waiting"), 0, 0, withscores=True)
    return Pulses(
        waits=[float(wait) for wait in client.lrange(_key(queue), 0, 0)],
        last_sent=float(sent) if sent else None,
        oldest_waiting=float(waiting[0][1]) if waiting else None,
    )


def _key(queue: str, what: str = "") -> str:
    return f"vcsm:pulse:{queue}:{what}" if what else f"vcsm:pulse:{queue}"
