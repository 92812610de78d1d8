"""Sends a pulse through each queue, so that its delay is known before somebody complains."""

from celery import shared_task

from tasks.durable import EphemeralTask
from vcsm.core import pulse
from vcsm.core.queue import QUEUES


@shared_task(name=pulse.TASK, base=EphemeralTask)
def pulse_task(lane: str, sent_at: float) -> None:
    pulse.note_wait(queue=lane, sent_at=sent_at)


@shared_task(name="core.send_pulses")
def send_pulses_task() -> None:
    for queue in QUEUES:
        pulse.send_pulse(queue)
