"""Takes locks that nobody else notices: a waiter gives up soon, and tries again.

A lock that is asked for but not given yet stops everybody who comes after it, so an ALTER TABLE
that waits for a report of a minute would hold up every batch of events for that minute.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg
from django.db import OperationalError, connection, transaction

LOCK_SECONDS = 1.0
"""Seconds for which others may queue behind us, at most."""
PAUSES = (0.2, 5.0)
"""Seconds between tries, drawn anew each time; those who queued behind us have gone on by then."""

T = TypeVar("T")


class StillLocked(Exception):
    """Raised when others held the lock all the time; the message says who was at work then."""


def with_short_locks(
    work: Callable[[], T],
    *,
    give_up_after: float,
    told: Callable[[str], object] = lambda line: None,
) -> T:
    """Runs `work`, again and again while others hold a lock that it needs.

    `work` starts from nothing each time and limits its waits itself (`limit_lock_waits`). `told`
    hears of every try that failed. Raises StillLocked after `give_up_after` seconds.
    """
    until = time.monotonic() + give_up_after
    while True:
        try:
            return work()
        except OperationalError as error:
            if not _is_about_locks(error):
                raise
            if time.monotonic() > until:
                raise StillLocked(_who_is_at_work()) from error
            told(f"a lock is held: trying again ({type(error.__cause__).__name__})")
        time.sleep(random.uniform(*PAUSES))


@contextmanager
def short_transaction() -> Iterator[None]:
    """Opens a transaction with short waits for locks; a nested one restores the outer limit."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            before = cursor.fetchone()[0]
        limit_lock_waits(LOCK_SECONDS, local=True)
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])


def limit_lock_waits(seconds: float, *, local: bool = False) -> None:
    """Limits waits for locks on this connection, or in its transaction alone; 0 waits for ever."""
    with connection.cursor() as cursor:
        limit = f"{round(seconds * 1000)}ms"
        cursor.execute("SELECT set_config('lock_timeout', %s, %s)", [limit, local])


def _is_about_locks(error: OperationalError) -> bool:
    about = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)
    return isinstance(error.__cause__, about)


def _who_is_at_work() -> str:
    """Names the oldest transactions: the lock is most likely theirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid, application_name, state, extract(epoch FROM now() - xact_start)::int "
            "FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL "
            "AND pid <> pg_backend_pid() ORDER BY xact_start LIMIT 3"
        )
        oldest = [
            f"process {pid} ({name or 'unnamed'}, {state}, for {seconds} s)"
            for pid, name, state, seconds in cursor.fetchall()
        ]
    return (
        "A lock is held by others. The oldest transactions of the database: "
        f"{', '.join(oldest) or 'none by now'}. End them or wait, and run this again."
    )
