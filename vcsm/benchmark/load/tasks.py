"""From enqueueing an urgent task to its start in a worker, while the default queue is busy."""

import time
from argparse import ArgumentParser

import redis
from celery import Celery

from vcsm.benchmark.amounts import at_least, positive
from vcsm.benchmark.load.serving import start_site
from vcsm.benchmark.percentiles import p50_p95_p99
from vcsm.core.pulse import KEPT, TASK, read_waits
from vcsm.core.queue import DEFAULT, URGENT

SECONDS = 60


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=at_least(1, most=KEPT), default=500, help=f"at most {KEPT}")
    parser.add_argument("--rate", type=positive, default=50, help="urgent tasks a second")
    parser.add_argument(
        "--backlog", type=at_least(0), default=2_000, help="default tasks waiting meanwhile"
    )


def run(*, count: int = 500, rate: float = 50, backlog: int = 2_000) -> dict[str, object]:
    """Times urgent tasks; `lost` counts those that never started within a minute."""
    with start_site() as site, site.work("urgent", processes=2), site.work("default"):
        broker = Celery(broker=site.env["REDIS_URL"])
        with redis.Redis.from_url(site.env["REDIS_URL"]) as client:
            # The first task of a process waits for its model.
            for _ in range(8):
                _send(broker, URGENT)
            _collect(client, 8)
            client.flushdb()
        for _ in range(backlog):
            _send(broker, DEFAULT)
        began = time.perf_counter()
        for number in range(count):
            time.sleep(max(0.0, began + number / rate - time.perf_counter()))
            _send(broker, URGENT)
        with redis.Redis.from_url(site.env["REDIS_URL"]) as client:
            waits = _collect(client, count)
            done = len(read_waits(client, queue=DEFAULT))
    return {
        **p50_p95_p99(waits),
        "lost": count - len(waits),
        "rate": rate,
        "default_done_meanwhile": done,
        "default_backlog": backlog,
    }


def _send(broker: Celery, queue: str) -> None:
    broker.send_task(TASK, kwargs={"lane": queue, "sent_at": time.time()}, queue=queue)


def _collect(client: redis.Redis, count: int) -> list[float]:
    deadline = time.perf_counter() + SECONDS
    while time.perf_counter() < deadline and len(read_waits(client, queue=URGENT)) < count:
        time.sleep(0.05)
    return read_waits(client, queue=URGENT)
