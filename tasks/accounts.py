"""Forgets tokens of signed identity too old to be used again, and PostgreSQL's samples of what an
erased contact's rows held."""

from datetime import UTC, datetime

from celery import shared_task

from vcsm.accounts.proof import forget_expired_tokens
from vcsm.accounts.samples import forget_samples


@shared_task(name="accounts.forget_tokens")
def forget_tokens_task() -> None:
    forget_expired_tokens(now=datetime.now(UTC))


@shared_task(name="accounts.forget_samples")
def forget_samples_task() -> None:
    forget_samples()
