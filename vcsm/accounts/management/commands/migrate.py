"""Django's `migrate`, safe while the product runs, followed by the row-level security policies.

Only one runs at a time, and no statement waits long for a lock, because a waiting statement stops
all that queue behind it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations import Migration

from vcsm.accounts.policies import RoleMissing, apply_policies
from vcsm.core.postgres.short_locks import (
    LOCK_SECONDS,
    StillLocked,
    limit_lock_waits,
    with_short_locks,
)

_ONE_AT_A_TIME = 0x7663736D
"""The advisory lock's number: "vcsm" in ASCII."""
_ASK_AGAIN = 0.5
"""Seconds between two tries to get it."""


class Command(Migrate):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--patience",
            type=float,
            default=600.0,
            metavar="SECONDS",
            help="how long to try for a lock that others hold; meanwhile they go on (600)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options.get("plan") or options.get("check_unapplied"):
            super().handle(*args, **options)
            return
        self.verbosity = options["verbosity"]
        patience = {"give_up_after": options["patience"], "told": self._say}
        try:
            with _alone(self._say):
                with_short_locks(lambda: super(Command, self).handle(*args, **options), **patience)
                limit_lock_waits(LOCK_SECONDS)
                covered = with_short_locks(apply_policies, **patience)
        except (RoleMissing, StillLocked) as error:
            raise CommandError(str(error)) from None
        if options["verbosity"] > 0:
            self.stdout.write(f"  Row-level security on {len(covered)} tables.")

    def migration_progress_callback(
        self, action: str, migration: Migration | None = None, fake: bool = False
    ) -> None:
        super().migration_progress_callback(action, migration, fake)
        if action in ("apply_start", "unapply_start"):
            assert migration is not None
            # A concurrent index build waits for every running transaction but blocks none.
            limit_lock_waits(LOCK_SECONDS if migration.atomic else 0)
            if not migration.atomic:
                _drop_unfinished_indexes()

    def _say(self, line: str) -> None:
        if self.verbosity > 0:
            self.stdout.write(f"  {line}")
            self.stdout.flush()


@contextmanager
def _alone(say: Any) -> Iterator[None]:
    """Lets only one process migrate; others wait, and then find nothing to do.

    The lock is polled: a waiting statement would be an open transaction, and a concurrent index
    build would wait for its end.
    """
    with connection.cursor() as cursor:
        while not _first_of(cursor, "SELECT pg_try_advisory_lock(%s)", _ONE_AT_A_TIME):
            say("somebody else migrates: waiting")
            time.sleep(_ASK_AGAIN)
    try:
        yield
    finally:
        limit_lock_waits(0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def _drop_unfinished_indexes() -> None:
    """Drops the invalid indexes that interrupted concurrent builds left behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON oid = indexrelid "
            "WHERE NOT indisvalid AND relkind = 'i' AND pg_table_is_visible(indrelid)"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX CONCURRENTLY {name}")


def _first_of(cursor: Any, question: str, *values: object) -> Any:
    cursor.execute(question, values)
    return cursor.fetchone()[0]
