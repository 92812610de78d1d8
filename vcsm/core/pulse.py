"""How long a task waits in its queue: beat sends a pulse into each, and the worker notes the wait.

Times are of the sender's and the worker's clocks; across machines they are as good as NTP.
"""

import time

import redis
from django.conf import settings

from vcsm.core.queue import enqueue

TASK = "core.pulse"
KEPT = 1_000


def send_pulse(queue: str) -> None:
    """Puts a pulse at the end of `queue`."""
    # A lane, because `queue` says where the task goes.
    enqueue(TASK, queue=queue, lane=queue, sent_at=time.time())


def note_wait(*, queue: str, sent_at: float, now: float | None = None) -> None:
    """Adds one wait of `queue`, in milliseconds, to the last thousand."""
    waited = ((time.time() if now is None else now) - sent_at) * 1000
    with redis.Redis.from_url(settings.REDIS_URL) as client, client.pipeline() as pipe:
        pipe.lpush(_key(queue), waited)
        pipe.ltrim(_key(queue), 0, KEPT - 1)
        pipe.expire(_key(queue), 3600)
        pipe.execute()


def read_waits(client: redis.Redis, *, queue: str) -> list[float]:
    """The last waits of `queue` in milliseconds, the latest first; empty without a worker."""
    return [float(wait) for wait in client.lrange(_key(queue), 0, -1)]


def _key(queue: str) -> str:
    return f"vcsm:pulse:{queue}"
