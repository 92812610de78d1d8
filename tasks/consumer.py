"""The worker's reader of messages, which keeps what it cannot read.

Celery acknowledges such a message and tells nobody but the log.
"""

from typing import Any

from celery.worker.consumer import Consumer

from tasks.letters import keep_unreadable


class LetterConsumer(Consumer):
    def on_decode_error(self, message: Any, exc: Exception) -> None:
        super().on_decode_error(message, exc)
        keep_unreadable(exc)
