"""Pages of the web that a member asked for become articles."""

from datetime import UTC, datetime, timedelta

from celery import shared_task

from vcsm.core.queue import enqueue
from vcsm.knowledge import asked_import

STEP_SECONDS = 40


@shared_task(name=asked_import.TASK)
def import_task() -> None:
    until = _now() + timedelta(seconds=STEP_SECONDS)
    if asked_import.import_some(clock=_now, until=until):
        enqueue(asked_import.TASK)


def _now() -> datetime:
    return datetime.now(UTC)
