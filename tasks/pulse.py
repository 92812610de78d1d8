"""A pulse through each queue, so that its wait is known before somebody complains."""

from celery import shared_task

from vcsm.core import pulse


@shared_task(name=pulse.TASK)
def pulse_task(lane: str, sent_at: float) -> None:
    pulse.note_wait(queue=lane, sent_at=sent_at)
