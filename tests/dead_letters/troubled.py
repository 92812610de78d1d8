"""A worker's tasks that go wrong in every way: `celery -A tests.dead_letters.troubled worker`.

The app, its base task and the handling of failures are the product's own; only the pauses between
attempts are short.
"""

import os
import signal
import time

import redis
from celery import shared_task
from django.conf import settings

import tasks.durable
from tasks import app
from tests.dead_letters.names import DONE, HEALED, TRIED

app.conf.imports = ["tasks.letters"]
tasks.durable.LONGEST_PAUSE = 0


def note(key: str, what: str) -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.rpush(key, what)


@shared_task(name="troubled.well")
def well(number: int) -> None:
    note(DONE, f"well {number}")


@shared_task(name="troubled.fails")
def fails(session_id: str) -> None:
    """Fails until somebody has healed the world; its error's text holds what no log may."""
    note(TRIED, session_id)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        if not client.exists(HEALED):
            raise ValueError("Vera Vertrauen wrote: zanzibar")
    note(DONE, session_id)


@shared_task(name="troubled.dies")
def dies(number: int) -> None:
    note(TRIED, f"dies {number}")
    os.kill(os.getpid(), signal.SIGKILL)


@shared_task(name="troubled.hangs")
def hangs(number: int) -> None:
    """Blocks even the signal to stop, so its process must be killed."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    time.sleep(60)


@shared_task(name="troubled.asked", base=tasks.durable.EphemeralTask)
def asked(number: int) -> None:
    note(TRIED, f"asked {number}")
    raise ValueError("nobody waits any more")


@shared_task(name="troubled.slow")
def slow(number: int) -> None:
    note(TRIED, f"slow {number}")
    time.sleep(3)
    note(DONE, f"slow {number}")
