"""What a web process counts, for Prometheus at `/metrics`.

Each web process has its own numbers; behind one address a scrape reaches one of them, so give every
process an address of its own, or read sums over time. Queues and waits are the same from all.
"""

import redis
from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from vcsm.core.pulse import read_waits
from vcsm.core.queue import DEFAULT, URGENT, lists_of

REGISTRY = CollectorRegistry()

SOCKETS = Gauge("vcsm_sockets_open", "Widgets connected and greeted", registry=REGISTRY)
WAITING = Gauge(
    "vcsm_ingest_waiting_events", "Events taken in and not yet durable", registry=REGISTRY
)
STORED = Counter("vcsm_ingest_stored_events", "Events made durable", registry=REGISTRY)
DROPPED = Counter(
    "vcsm_ingest_refused_batches",
    "Batches sent back: overloaded, or not storable",
    ["reason"],
    registry=REGISTRY,
)
COMMIT = Histogram(
    "vcsm_ingest_commit_seconds",
    "From taking a group of batches to its commit",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
    registry=REGISTRY,
)
QUEUE = Gauge("vcsm_queue_tasks", "Tasks waiting in a Celery queue", ["queue"], registry=REGISTRY)
WAIT = Gauge(
    "vcsm_queue_wait_seconds",
    "How long the last pulse waited in the queue",
    ["queue"],
    registry=REGISTRY,
)


def read_metrics() -> bytes:
    """All metrics in Prometheus' text format; those of the broker are left out while it is away."""
    for gauge in (QUEUE, WAIT):
        gauge.clear()
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1) as client:
            for queue in (URGENT, DEFAULT):
                length = sum(client.llen(name) for name in lists_of(queue))
                waits = read_waits(client, queue=queue)
                QUEUE.labels(queue).set(length)
                if waits:
                    WAIT.labels(queue).set(waits[0] / 1000)
    except redis.RedisError:
        pass
    return generate_latest(REGISTRY)
