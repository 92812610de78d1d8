"""Deadlines, snoozes, silence audits and pooled learning: what happens as time passes."""

from datetime import UTC, datetime

from celery import shared_task

from vcsm.escalation import assign, audits, learn, reroute, snooze


@shared_task(name="escalation.keep_time")
def keep_time_task() -> None:
    now = datetime.now(UTC)
    assign.refresh_presence(now=now)
    snooze.wake_due(now=now)
    reroute.reroute_overdue(now=now)


@shared_task(name="escalation.audit_silence")
def audit_silence_task() -> None:
    now = datetime.now(UTC)
    audits.draw_audits(now=now)
    audits.ask_audits(now=now)


@shared_task(name="escalation.pool")
def pool_task() -> None:
    learn.pool_again(now=datetime.now(UTC))
