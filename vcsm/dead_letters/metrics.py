"""Tells Prometheus how many letters stand."""

from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client.core import GaugeMetricFamily, Metric

from vcsm.dead_letters.stand import count_standing


def ask_letters() -> Iterator[Metric]:
    """Yields the number of letters by task; nothing while the database is away."""
    family = GaugeMetricFamily(
        "vcsm_dead_letters", "Work that failed for good and stands", labels=["task"]
    )
    try:
        for task, letters in count_standing().items():
            family.add_metric([task], letters)
    except DatabaseError:
        return
    yield family
