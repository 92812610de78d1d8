"""What `/metrics` tells: this web process's own counts, and what broker and database answer.

Each web process has its own counts; behind one address a scrape reaches one of them, so give every
process an address of its own, or read sums over time. Broker and database tell every process the
same.
"""

import time
from collections.abc import Callable, Iterable, Iterator

import redis
from django.conf import settings
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from vcsm.core.backlog import queue_lengths
from vcsm.core.counts import REGISTRY
from vcsm.core.pulse import read_pulses
from vcsm.core.queue import QUEUES
from vcsm.core.replica import replica_lag

Ask = Callable[[], Iterable[Metric]]


def read_metrics(*more: Ask) -> bytes:
    """Returns all metrics in Prometheus' text format. `more` asks for those of floors above.

    What cannot be asked now, because its service is away, is left out.
    """
    asked = CollectorRegistry()
    asked.register(_Asked([_queues, _pulses, _replica, *more]))
    return generate_latest(REGISTRY) + generate_latest(asked)


class _Asked(Collector):
    def __init__(self, asks: list[Ask]) -> None:
        self._asks = asks

    def collect(self) -> Iterator[Metric]:
        for ask in self._asks:
            yield from ask()


def _queues() -> Iterator[Metric]:
    family = GaugeMetricFamily(
        "vcsm_queue_tasks", "Tasks waiting in a Celery queue", labels=["queue"]
    )
    for queue, length in queue_lengths(QUEUES).items():
        family.add_metric([queue], length)
    yield family


def _replica() -> Iterator[Metric]:
    family = GaugeMetricFamily("vcsm_replica_lag_seconds", "By which the replica is behind")
    if (lag := replica_lag()) is not None:
        family.add_metric([], lag)
    yield family


def _pulses() -> Iterator[Metric]:
    wait = GaugeMetricFamily(
        "vcsm_queue_wait_seconds", "How long the last pulse waited in the queue", labels=["queue"]
    )
    age = GaugeMetricFamily(
        "vcsm_queue_age_seconds",
        "For how long the oldest pulse that no worker has fetched waits in the queue",
        labels=["queue"],
    )
    sent = GaugeMetricFamily(
        "vcsm_beat_silent_seconds",
        "Since the last pulse was sent into the queue: beyond 30, beat does not run",
        labels=["queue"],
    )
    now = time.time()
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1) as client:
            for queue in QUEUES:
                pulses = read_pulses(client, queue=queue)
                if pulses.waits:
                    wait.add_metric([queue], pulses.waits[0] / 1000)
                if pulses.last_sent is not None:
                    age.add_metric([queue], max(0.0, now - (pulses.oldest_waiting or now)))
                    sent.add_metric([queue], max(0.0, now - pulses.last_sent))
    except redis.RedisError:
        return
    yield from (wait, age, sent)
