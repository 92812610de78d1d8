"""Locks that nobody else notices: who must wait for one gives up soon, and tries again.

A lock that is asked for and not given yet stops everybody who comes after it, so an ALTER TABLE
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
"""For so long others may stand behind us, at most."""
PAUSES = (0.2, 5.0)
"""Seconds between tries, drawn anew: who stood behind us has gone on by then."""

T = TypeVar("T")


class StillLocked(Exception):
    """Somebody held the lock all the time; the message says who was at work then."""


def with_short_locks(
    work: Callable[[], T],
    *,
    give_up_after: float,
    told: Callable[[str], object] = lambda line: None,
) -> T:
    """Runs `work`, again and again while a lock that it needs is held by others.

    `work` begins with nothing done and limits its waits itself (`limit_lock_waits`). `told` hears
    of every try that failed. Raises StillLocked after `give_up_after` seconds.
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
    """A transaction whose waits for locks are short; one inside another leaves that as it was."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            before = cursor.fetchone()[0]
        limit_lock_waits(LOCK_SECONDS, local=True)
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])


def limit_lock_waits(seconds: float, *, local: bool = False) -> None:
    """For this connection, or this transaction of it; 0 waits for ever."""
    with connection.cursor() as cursor:
        limit = f"{round(seconds * 1000)}ms"
        cursor.execute("SELECT set_config('lock_timeout', %s, %s)", [limit, local])


def _is_about_locks(error: OperationalError) -> bool:
    about = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)
    return isinstance(error.__cause__, about)


def _who_is_at_work() -> str:
    """The oldest transactions: the lock is most likely theirs."""
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
