"""Tokens of signed identity that are too old to be used again need not be remembered."""

from datetime import UTC, datetime

from celery import shared_task

from vcsm.accounts.proof import forget_expired_tokens


@shared_task(name="accounts.forget_tokens")
def forget_tokens_task() -> None:
    forget_expired_tokens(now=datetime.now(UTC))
