"""Forgets tokens of signed identity too old to be used again, expired sign-ins of members, and
PostgreSQL's samples of what an erased contact's rows held."""

from datetime import UTC, datetime

from celery import shared_task

from vcsm.accounts.proof import forget_expired_tokens
from vcsm.accounts.samples import forget_samples
from vcsm.accounts.sign_ins import forget_expired_sign_ins


@shared_task(name="accounts.forget_tokens")
def forget_tokens_task() -> None:
    now = datetime.now(UTC)
    forget_expired_tokens(now=now)
    forget_expired_sign_ins(now=now)


@shared_task(name="accounts.forget_samples")
def forget_samples_task() -> None:
    forget_samples()
