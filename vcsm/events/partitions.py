"""Creates the event table's daily partitions ahead of time, and drops them after retention.

The ledger's rows about a dropped day are deleted too. Creating a partition needs a lock behind
which the sockets' writers would queue, so it is held only briefly.
"""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from django.db import connection
from django.db.backends.utils import CursorWrapper

from vcsm.core.postgres.short_locks import short_transaction, with_short_locks

AHEAD = 7
IN_ROW = 8_160
"""Bytes up to which a batch stays in its row as it is: one page, enough for all but the longest."""
PATIENCE = 20.0
"""Seconds to try for one day's lock; the next attempt is an hour later."""
PART_PAGES = 8_192
"""Pages of the ledger read at a time: 64 MB."""
DEFAULT = "events_batchbody_default"
"""Holds batches of days without a partition: none, unless beat was away for a week."""


def create_partitions(*, today: date, ahead: int = AHEAD) -> list[str]:
    """Creates missing partitions from yesterday to `ahead` days from today; returns their names.

    Raises StillLocked if a lock could not be had within PATIENCE.
    """
    days = [today + timedelta(days=offset) for offset in range(-1, ahead + 1)]
    with connection.cursor() as cursor:
        existing = set(_partitions(cursor))
    missing = [day for day in days if _name(day) not in existing]
    for day in missing:
        with_short_locks(partial(_create, day), give_up_after=PATIENCE)
    return [_name(day) for day in missing]


def drop_partitions(*, before: date) -> list[str]:
    """Drops the days that end before `before`; returns their names. Raises StillLocked."""
    with connection.cursor() as cursor:
        old = [name for name in _partitions(cursor) if name < _name(before)]
    for name in old:
        with_short_locks(partial(_drop, name), give_up_after=PATIENCE)
    return old


def empty_default(*, before: date) -> int:
    """Deletes batches received before `before` from the default partition; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {DEFAULT} WHERE received_at < %s", [_midnight(before)])
        return int(cursor.rowcount)


def forget_batches(*, before: date) -> int:
    """Deletes the ledger's rows received before `before`; returns how many.

    A batch sent again after that is stored anew, yet only once, since its first events are gone.
    The table is read part by part in physical order: no index is needed, no row locked for long.
    """
    forgotten = page = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_size('events_batch') / current_setting('block_size')::int"
        )
        pages = int(cursor.fetchone()[0])
        while page < pages:
            cursor.execute(
                "DELETE FROM events_batch WHERE ctid >= %s::tid AND ctid < %s::tid "
                "AND received_at < %s",
                [f"({page},0)", f"({page + PART_PAGES},0)", _midnight(before)],
            )
            forgotten += cursor.rowcount
            page += PART_PAGES
    return forgotten


def _create(day: date) -> None:
    """Creates the day's partition and moves the day's batches from the default one into it.

    The partition is attached, because CREATE … PARTITION OF would lock the whole table: a running
    report would delay it, and the writers would wait behind it.
    """
    name, first, last = _name(day), _midnight(day), _midnight(day + timedelta(days=1))
    with short_transaction(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {DEFAULT} IN ACCESS EXCLUSIVE MODE")
        cursor.execute("SELECT to_regclass(%s)", [name])
        if cursor.fetchone()[0] is not None:
            return  # another worker has created it
        # Names and dates are made here from a date; nothing in them comes from outside.
        cursor.execute(
            f"CREATE TABLE {name} (LIKE events_batchbody INCLUDING DEFAULTS INCLUDING STORAGE "
            f"INCLUDING COMPRESSION) WITH (toast_tuple_target = {IN_ROW})"
        )
        cursor.execute(
            f"WITH moved AS (DELETE FROM {DEFAULT} WHERE received_at >= %s AND received_at < %s "
            f"RETURNING *) INSERT INTO {name} SELECT * FROM moved",
            [first, last],
        )
        cursor.execute(
            f"ALTER TABLE events_batchbody ATTACH PARTITION {name} "
            f"FOR VALUES FROM ('{first}') TO ('{last}')"
        )


def _drop(name: str) -> None:
    with short_transaction(), connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")


def _name(day: date) -> str:
    return f"events_batchbody_{day:%Y%m%d}"


def _midnight(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()


def _partitions(cursor: CursorWrapper) -> list[str]:
    cursor.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits "
        "WHERE inhparent = 'events_batchbody'::regclass"
    )
    return sorted(name for (name,) in cursor.fetchall() if name != DEFAULT)
