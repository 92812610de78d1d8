"""The weekly digest: stores whom it goes to, then sends it."""

from datetime import UTC, datetime

from celery import shared_task

from vcsm.reports.digest.deliver import send_digests, write_digests


@shared_task(name="reports.digests")
def digests_task() -> None:
    now = datetime.now(UTC)
    write_digests(now=now)
    send_digests(now=now)
