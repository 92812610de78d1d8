"""The event table's days: made ahead, dropped whole when retention has passed."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection

AHEAD = 7
IN_ROW = 8_160
"""Bytes of a batch that stay in its row as they are: a page's worth, so all but the longest."""


def create_partitions(*, today: date, ahead: int = AHEAD) -> list[str]:
    """Makes the partitions of yesterday to `ahead` days from today; returns the new ones' names."""
    days = [today + timedelta(days=offset) for offset in range(-1, ahead + 1)]
    with connection.cursor() as cursor:
        existing = set(_partitions(cursor))
        missing = [day for day in days if _name(day) not in existing]
        for day in missing:
            # Both names and dates are made here from a date: nothing from outside is in them.
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {_name(day)} PARTITION OF events_batchbody "
                f"FOR VALUES FROM ('{_midnight(day)}') TO ('{_midnight(day + timedelta(days=1))}') "
                f"WITH (toast_tuple_target = {IN_ROW})"
            )
    return [_name(day) for day in missing]


def drop_partitions(*, before: date) -> list[str]:
    """Drops the days that end before `before`; returns their names."""
    with connection.cursor() as cursor:
        old = [name for name in _partitions(cursor) if name < _name(before)]
        for name in old:
            cursor.execute(f"DROP TABLE {name}")
    return old


def _name(day: date) -> str:
    return f"events_batchbody_{day:%Y%m%d}"


def _midnight(day: date) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).isoformat()


def _partitions(cursor: object) -> list[str]:
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT inhrelid::regclass::text FROM pg_inherits "
        "WHERE inhparent = 'events_batchbody'::regclass"
    )
    names = [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]
    return sorted(name for name in names if name != "events_batchbody_default")
