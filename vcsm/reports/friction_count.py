"""Counts a period's friction from its columns: sums, and distinct numbers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connections
from numpy.typing import NDArray

from vcsm.core.replica import reading_alias
from vcsm.problems.day_columns import Column, Columns

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_CLOSE = 8_000_000

_REVENUE = """
SELECT id, coalesce(annual_revenue, 0)::float8 FROM accounts_account WHERE id = ANY(%(accounts)s)
"""


@dataclass(frozen=True, slots=True)
class PlaceCounts:
    """The places that anything hit, as arrays of shape (places,), most contacts hit first.

    Times are microseconds since the epoch; `severity` is the mean of the sessions' gravest signals.
    """

    place: Ints
    sessions: Ints
    signals: Ints
    contacts: Ints
    accounts: Ints
    revenue: Floats
    severity: Floats
    first_at: Ints
    last_at: Ints


@dataclass(frozen=True, slots=True)
class Together:
    """Totals over all places. A contact, account or session seen in several places counts once."""

    signals: int
    sessions: int
    contacts: int
    accounts: int
    revenue: float


def fetch(query: str, named: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections[reading_alias()].cursor() as cursor:
        cursor.execute(query, named)
        return list(cursor.fetchall())


def count_places(hits: Columns, revenue: dict[int, float]) -> PlaceCounts:
    """Counts the hits by place. `revenue` is annual, by account id (`revenue_of`)."""
    place, which = group(hits["place"])
    size = len(place)
    sessions = np.bincount(which, minlength=size)
    signals = np.bincount(which, weights=hits["signals"], minlength=size).astype(np.int64)
    contacts = _once_each(which, hits["contact"], size)
    accounts, exposed = _accounts(which, hits["account"], size, revenue)
    grave = np.bincount(which, weights=hits["severity"], minlength=size)
    first = np.full(size, np.iinfo(np.int64).max)
    last = np.full(size, np.iinfo(np.int64).min)
    np.minimum.at(first, which, hits["at"])
    np.maximum.at(last, which, hits["at"])
    order = np.lexsort((place, -signals, -sessions, -contacts))
    mean = grave / np.maximum(sessions, 1)
    return PlaceCounts(
        place[order],
        sessions[order],
        signals[order],
        contacts[order],
        accounts[order],
        exposed[order],
        mean[order],
        first[order],
        last[order],
    )


def count_together(hits: Columns, revenue: dict[int, float]) -> Together:
    return Together(
        signals=int(hits["signals"].sum()) if len(hits["signals"]) else 0,
        sessions=len(_different(hits["session"])),
        contacts=len(group(hits["contact"])[0]),
        accounts=len(revenue),
        revenue=float(sum(revenue.values())),
    )


def revenue_of(hits: Columns) -> dict[int, float]:
    """Returns the annual revenue of each account that was hit and still exists, by id."""
    known = [int(one) for one in group(hits["account"])[0] if one]
    return dict(fetch(_REVENUE, {"accounts": known})) if known else {}


def sum_by_place(rates: Columns, what: str) -> dict[int, int]:
    """Returns the sum of `what` (`sessions` or `signals`) for each place where it is not 0."""
    place, which = group(rates["place"])
    summed = np.bincount(which, weights=rates[what], minlength=len(place)).astype(np.int64)
    return {one: total for one, total in zip(place.tolist(), summed.tolist(), strict=True) if total}


def signals_over_time(
    rates: Columns, *, since: int, width: int, size: int
) -> dict[int, NDArray[np.int64]]:
    """Returns each place's signals in `size` buckets of `width` seconds, the first of which begins
    at `since` (seconds since the epoch)."""
    struck = rates["signals"] != 0
    place, which = group(rates["place"][struck])
    bucket = np.minimum((rates["hour"][struck] * 3600 - since) // width, size - 1)
    counted = np.bincount(
        which * size + bucket.astype(np.int64),
        weights=rates["signals"][struck],
        minlength=len(place) * size,
    )
    rows = counted.astype(np.int64).reshape(len(place), size)
    return dict(zip(place.tolist(), rows, strict=True))


def count_pairs(of: Column, member: Column) -> dict[int, int]:
    """Returns how many different members each group has; both columns have shape (rows,)."""
    names, which = group(of)
    counts = _once_each(which, member, len(names))
    return dict(zip(names.tolist(), counts.tolist(), strict=True))


def group(column: Column) -> tuple[Ints, Ints]:
    """Returns the different values in order, and for each row the index of its value.

    Ids lie close together: counting them takes a tenth of the time that sorting would.
    """
    if not len(column):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    low, high = int(column.min()), int(column.max())
    if high - low > _CLOSE:
        values, which = np.unique(column, return_inverse=True)
        return values.astype(np.int64), which.astype(np.int64)
    offset = column.astype(np.int64) - low
    there = np.bincount(offset) > 0
    return np.flatnonzero(there) + low, (np.cumsum(there) - 1)[offset]


def _once_each(which: Ints, member: Column, size: int) -> Ints:
    pairs, _ = _pairs(which, member)
    return np.bincount(pairs, minlength=size)


def _pairs(which: Ints, member: Column) -> tuple[Ints, Ints]:
    """Returns each pair of group and member once: the groups, and the members' indices in order."""
    order, number = group(member)
    many = max(len(order), 1)
    once = _different(which * many + number)
    return once // many, once % many


def _different(column: Column) -> Ints:
    """Returns the different values; quicker than `numpy.unique` where nearly all differ."""
    ordered = np.sort(column).astype(np.int64)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered


def _accounts(
    which: Ints, account: Column, size: int, revenue: dict[int, float]
) -> tuple[Ints, Floats]:
    """Returns each group's number of accounts and their annual revenue, each counted once."""
    groups, number = _pairs(which, account)
    order, _ = group(account)
    there = np.array([int(one) in revenue for one in order], dtype=bool)
    worth = np.array([revenue.get(int(one), 0.0) for one in order], dtype=np.float64)
    if not len(order):
        return np.zeros(size, dtype=np.int64), np.zeros(size)
    counted = np.bincount(groups, weights=there[number], minlength=size).astype(np.int64)
    exposed = np.bincount(groups, weights=worth[number], minlength=size)
    return counted, exposed.astype(np.float64)
