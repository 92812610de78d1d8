"""The event table's days."""

from datetime import UTC, datetime, timedelta

from celery import shared_task
from django.conf import settings

from vcsm.events.partitions import create_partitions, drop_partitions


@shared_task(name="events.keep_partitions")
def keep_partitions() -> None:
    today = datetime.now(UTC).date()
    create_partitions(today=today)
    drop_partitions(before=today - timedelta(days=settings.VCSM_EVENT_RETENTION_DAYS))
