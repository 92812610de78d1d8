"""The worker's reader of messages, which keeps a record of those that it cannot read.

Celery acknowledges such a message and leaves nothing but a line in the log.
"""

from typing import Any

from celery.worker.consumer import Consumer

from tasks.letters import keep_unreadable


class LetterConsumer(Consumer):
    """Celery's consumer, except that an unreadable message also becomes a dead letter."""

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        super().on_decode_error(message, exc)
        keep_unreadable(exc)
