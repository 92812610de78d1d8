"""Drops old session replays."""

from datetime import UTC, datetime, timedelta

from celery import shared_task
from django.conf import settings

from vcsm.replay import retention


@shared_task(name="replay.drop_old")
def drop_old() -> None:
    days = timedelta(days=settings.VCSM_REPLAY_RETENTION_DAYS)
    retention.drop_old(before=datetime.now(UTC) - days)
