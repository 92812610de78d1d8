"""A workspace's hits and rates over a period, as columns.

A closed day is kept as one row of packed columns. A day without such a row (today, or one that
something late has changed) is read from its hits and rates. Both ways give the same numbers, so a
report never waits for the packing and never lags behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connections, transaction
from numpy.typing import NDArray

from vcsm.core.replica import reading_alias
from vcsm.problems.models import FrictionDay, Rate, RollUp

Column = NDArray[Any]
Columns = dict[str, Column]

HIT = {
    "place": "<i8",
    "session": "<i8",
    "contact": "<i8",
    "account": "<i8",
    "segment": "<i8",
    "release": "<i8",
    "at": "<i8",
    "signals": "<i8",
    "severity": "<f4",
}
"""`session` is a hash of the id, `account` is 0 for none, `at` is microseconds since the epoch."""
RATE = {
    "place": "<i8",
    "hour": "<i8",
    "segment": "<i8",
    "release": "<i8",
    "sessions": "<i8",
    "signals": "<i8",
}
"""`hour` is counted from the epoch."""
PACKED_AT_ONCE = 8
LOOKED_BACK = timedelta(days=95)
_DAY = timedelta(days=1)
_HOUR = 3_600_000_000

_HITS = """
SELECT place_id, uuid_hash_extended(session_id, 0), contact_id, coalesce(account_id, 0),
  segment_id, release_id, (extract(epoch FROM at) * 1000000)::bigint, signals, severity
FROM problems_hit WHERE workspace_id = %s AND at >= %s AND at < %s
"""
_RATES = """
SELECT place_id, (extract(epoch FROM hour) / 3600)::bigint, segment_id, release_id, sessions,
  signals
FROM problems_rate WHERE workspace_id = %s AND hour >= %s AND hour < %s
  AND (sessions <> 0 OR signals <> 0)
"""


@dataclass(frozen=True, slots=True)
class Period:
    """Columns named as in `HIT` and `RATE`; those of one table have the same length."""

    hits: Columns
    rates: Columns


def read_period(
    workspace_id: int,
    since: datetime,
    until: datetime,
    *,
    segment: int | None = None,
    release: int | None = None,
) -> Period:
    """Returns what happened from `since` up to, not including, `until`.

    `segment` and `release`, where given, are ids: only their rows are returned.
    """
    first, last = _day_of(since), _day_of(until - timedelta(microseconds=1))
    packed = {
        row.day: row
        for row in FrictionDay.objects.filter(
            workspace_id=workspace_id, day__gte=first, day__lte=last
        )
    }
    hits: list[Columns] = []
    rates: list[Columns] = []
    for begin, end, row in _stretches(first, last, packed):
        if row is not None:
            hits.append(_unpack(row.hits, HIT))
            rates.append(_unpack(row.rates, RATE))
        else:
            hits.append(_read(_HITS, HIT, workspace_id, begin, end))
            rates.append(_read(_RATES, RATE, workspace_id, begin, end))
    begin_hour, end_hour = (-(-_micros(one) // _HOUR) for one in (since, until))
    return Period(
        _narrow(_join(hits, HIT), "at", _micros(since), _micros(until), segment, release),
        _narrow(_join(rates, RATE), "hour", begin_hour, end_hour, segment, release),
    )


@transaction.atomic
def pack_days(*, workspace_id: int, now: datetime) -> int:
    """Packs up to PACKED_AT_ONCE past days without columns, latest first; returns how many."""
    # Counting locks this row too, so nothing changes between reading and writing.
    if RollUp.objects.select_for_update().filter(pk=workspace_id).first() is None:
        return 0
    earliest = (
        Rate.objects.filter(workspace_id=workspace_id, hour__gte=now - LOOKED_BACK)
        .order_by("hour")
        .values_list("hour", flat=True)
        .first()
    )
    if earliest is None:
        return 0
    today, first = _day_of(now), _day_of(earliest)
    there = set(FrictionDay.objects.filter(workspace_id=workspace_id).values_list("day", flat=True))
    days = [today - _DAY * back for back in range(1, (today - first).days + 1)]
    missing = [day for day in days if day not in there][:PACKED_AT_ONCE]
    for day in missing:
        begin, end = _midnight(day), _midnight(day + _DAY)
        FrictionDay.objects.create(
            workspace_id=workspace_id,
            day=day,
            hits=_pack(_read(_HITS, HIT, workspace_id, begin, end)),
            rates=_pack(_read(_RATES, RATE, workspace_id, begin, end)),
        )
    return len(missing)


def _stretches(
    first: date, last: date, packed: dict[date, FrictionDay]
) -> Iterator[tuple[datetime, datetime, FrictionDay | None]]:
    """Yields packed days one by one, and each run of days between them as one stretch."""
    begin: date | None = None
    for day in (first + _DAY * number for number in range((last - first).days + 1)):
        if day not in packed:
            begin = begin or day
            continue
        if begin is not None:
            yield _midnight(begin), _midnight(day), None
            begin = None
        yield _midnight(day), _midnight(day + _DAY), packed[day]
    if begin is not None:
        yield _midnight(begin), _midnight(last + _DAY), None


def _read(
    query: str, types: dict[str, str], workspace_id: int, begin: datetime, end: datetime
) -> Columns:
    with connections[reading_alias()].cursor() as cursor:
        cursor.execute(query, [workspace_id, begin, end])
        rows = cursor.fetchall()
    columns = zip(*rows, strict=True) if rows else ([] for _ in types)
    return {
        name: np.array(column, dtype=kind)
        for (name, kind), column in zip(types.items(), columns, strict=True)
    }


def _pack(columns: Columns) -> bytes:
    """Packs each column in the narrowest type that holds it: a line with the types, then bytes."""
    narrow = {name: _narrowest(column) for name, column in columns.items()}
    size = len(next(iter(columns.values())))
    head = " ".join([str(size), *(column.dtype.str for column in narrow.values())])
    return b"".join([head.encode(), b"\n", *(column.tobytes() for column in narrow.values())])


def _unpack(data: bytes | memoryview, types: dict[str, str]) -> Columns:
    held = bytes(data)
    head = held.index(b"\n")
    size, *kinds = held[:head].decode().split(" ")
    number, at = int(size), head + 1
    columns: Columns = {}
    for name, kind in zip(types, kinds, strict=True):
        columns[name] = np.frombuffer(held, dtype=kind, count=number, offset=at)
        at += columns[name].nbytes
    return columns


def _narrowest(column: Column) -> Column:
    if column.dtype.kind == "f" or not len(column):
        return column
    low, high = int(column.min()), int(column.max())
    wanted = np.promote_types(np.min_scalar_type(low), np.min_scalar_type(high))
    return column.astype(wanted if wanted.kind in "iu" else column.dtype)


def _join(parts: list[Columns], types: dict[str, str]) -> Columns:
    return {
        name: np.concatenate([part[name] for part in parts]).astype(kind)
        for name, kind in types.items()
    }


def _narrow(
    columns: Columns, clock: str, since: int, until: int, segment: int | None, release: int | None
) -> Columns:
    at = columns[clock]
    kept = (at >= since) & (at < until)
    if segment is not None:
        kept &= columns["segment"] == segment
    if release is not None:
        kept &= columns["release"] == release
    return columns if kept.all() else {name: one[kept] for name, one in columns.items()}


def _micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
