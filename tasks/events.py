"""Keeps the daily partitions of the event table, and the ledger of batches, within retention."""

from datetime import UTC, datetime, timedelta

from celery import shared_task
from django.conf import settings

from vcsm.events.partitions import (
    create_partitions,
    drop_partitions,
    empty_default,
    forget_batches,
)


@shared_task(name="events.keep_partitions")
def keep_partitions() -> None:
    today = datetime.now(UTC).date()
    create_partitions(today=today)
    oldest = today - timedelta(days=settings.VCSM_EVENT_RETENTION_DAYS)
    empty_default(before=oldest)
    if drop_partitions(before=oldest):  # once a day: it reads the whole ledger
        forget_batches(before=oldest)
