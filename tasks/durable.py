"""The base of all tasks here: safe to run twice, tried again with growing pauses, never just lost.

A failed task is tried again after up to 1, 2, 4 … seconds, drawn anew each time (full jitter), so
that tasks which failed together do not come back together. One that fails every time becomes a dead
letter (`letters.py`). Two kinds are not tried again: those that beat sends, because it sends the
next one anyway, and those that somebody waits for, because they do not wait that long. If what a
task is about was erased before its turn, the task counts as done.
"""

import inspect
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from celery import Task
from celery.utils.time import get_exponential_backoff_interval
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import close_old_connections

from tasks.owners import is_gone
from vcsm.core.error_words import is_away, name_error, place_of
from vcsm.core.queue import DEFAULT
from vcsm.core.spans import span
from vcsm.core.trace import new_trace, read_traceparent, tracing
from vcsm.dead_letters.keep import settle

log = structlog.get_logger(__name__)

RETRIES = 4
RETRIES_AWAY = 12
"""Attempts while the database or the broker is away: they last about ten minutes."""
LONGEST_PAUSE = 60
"""The longest pause, in seconds."""


if TYPE_CHECKING:  # generic for the type checker alone
    AnyTask = Task[..., None]
else:
    AnyTask = Task


class DurableTask(AnyTask):
    """A task that follows the rules above."""

    ephemeral = False

    # A task whose process dies is sent again; Celery counts that too, and stops after RETRIES.
    max_retries = RETRIES
    default_retry_delay = 1

    @classmethod
    def on_bound(cls, app: Any) -> None:
        """Gives the task the time limits of its queue."""
        queue = settings.TASK_QUEUES.get(cls.name, DEFAULT)
        cls.soft_time_limit, cls.time_limit = settings.TASK_LIMITS[queue]

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        if self.request.called_directly:
            self.run(*args, **kwargs)
            return
        task_id = self.request.id or ""
        with (
            tracing(read_traceparent(self._parent) or new_trace()),
            structlog.contextvars.bound_contextvars(task=self.name, task_id=task_id),
            span(f"task {self.name}", kind="consumer", task_id=task_id),
        ):
            close_old_connections()
            self._attempt(args, kwargs)

    def _attempt(self, args: Any, kwargs: dict[str, Any]) -> None:
        began = time.perf_counter()
        try:
            self.run(*args, **kwargs)
        except Exception as error:
            if not (isinstance(error, ObjectDoesNotExist) and is_gone(kwargs)):
                self._try_again(error, fits=self._fits(args, kwargs))
                raise
            log.info("what the task was about is gone")
        seconds = round(time.perf_counter() - began, 4)
        if self.ephemeral:  # pulses every few seconds, and readings that a web process waits for
            log.debug("task done", seconds=seconds)
            return
        settle(self.name, kwargs, now=datetime.now(UTC))
        log.info("task done", seconds=seconds)

    @property
    def _parent(self) -> str | None:
        """The trace header that came with the message."""
        return getattr(self.request, "traceparent", None)

    def _fits(self, args: Any, kwargs: dict[str, Any]) -> bool:
        """Tells whether the arguments fit the task at all."""
        try:
            inspect.signature(self.run).bind(*args, **kwargs)
        except TypeError:
            return False
        return True

    def _try_again(self, error: Exception, *, fits: bool) -> None:
        """Raises `Retry` if there is another attempt; returns if this was the last."""
        allowed = RETRIES_AWAY if is_away(error) else RETRIES
        tried = self.request.retries
        once = self.ephemeral or self.request.expires is not None or not fits
        last = once or tried >= allowed
        told = {"error": name_error(error), "at": place_of(error), "attempt": tried + 1}
        if last:
            log.error("task failed", **told)
            return
        pause = get_exponential_backoff_interval(1, tried, LONGEST_PAUSE, full_jitter=True)
        log.warning("task is tried again", pause=pause, **told)
        raise self.retry(
            exc=error,
            countdown=pause,
            max_retries=allowed,
            headers={"traceparent": self._parent} if self._parent else {},
        )


class EphemeralTask(DurableTask):
    """A task whose caller waits for seconds only, so it is neither tried again nor kept."""

    ephemeral = True
