"""Forgets settled dead letters after a while."""

from datetime import UTC, datetime

from celery import shared_task

from vcsm.dead_letters.keep import forget_settled


@shared_task(name="dead_letters.forget")
def forget_task() -> None:
    forget_settled(now=datetime.now(UTC))
