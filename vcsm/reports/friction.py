"""The friction report: which control on which page stops whom, over a period.

Read from the roll-ups of `vcsm.problems`, so that thirty days of ten million events open in well
under a second. A session counts once per place, in the hour it was first hit there, and what was
taken back is not counted at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from vcsm.problems.models import Release, RollUp, Segment
from vcsm.reports import friction_sql as sql
from vcsm.reports.intervals import share_between

MAX_LINES = 500
"""Lines in one report. A page can be made to invent elements without end; a screen cannot."""

_WIDTHS = (
    (timedelta(hours=48), timedelta(hours=1)),
    (timedelta(days=14), timedelta(hours=6)),
    (timedelta(days=62), timedelta(days=1)),
)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FrictionLine:
    """One kind of friction on one element of one page."""

    place: int
    kind: str
    page: str
    element: str
    element_name: str
    signals: int
    sessions: int
    contacts: int
    accounts: int
    revenue: float
    """A year, of the accounts it hit, each counted once."""
    severity: float
    """Mean of its sessions' gravest signals, 0 to 1."""
    first_at: datetime
    last_at: datetime
    seen: int
    """Sessions that saw the page it is on."""
    share: float
    """Of them, the part that met it, 0 to 1, and the 95 % interval of that."""
    share_low: float
    share_high: float
    trend: tuple[int, ...] = ()
    """Signals per bucket of the report."""


@dataclass(frozen=True, slots=True)
class FrictionTotals:
    """Distinct counts over all lines, also those beyond `MAX_LINES`."""

    signals: int
    sessions: int
    contacts: int
    accounts: int
    revenue: float
    sessions_seen: int
    """Sessions in the period, with friction or without."""
    lines: int
    crowded_out: int
    """Sessions whose element was one too many to be told apart, since ever."""


@dataclass(frozen=True, slots=True)
class KindTrend:
    """Signals of one kind per bucket of the report."""

    kind: str
    trend: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FrictionReport:
    """A period's friction, most contacts hit first."""

    since: datetime
    until: datetime
    made_at: datetime
    counted_to: datetime | None
    """What was received up to then is in it; None: nothing has been counted yet."""
    buckets: tuple[datetime, ...]
    """Start of each bucket; the last one may be cut short by `until`."""
    bucket_seconds: int
    totals: FrictionTotals
    kinds: tuple[KindTrend, ...]
    lines: tuple[FrictionLine, ...]
    segments: tuple[str, ...]
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A report's question; empty `segment` or `release`: all of them."""

    workspace_id: int
    since: datetime
    until: datetime
    segment: str | None = None
    release: str | None = None


def friction_report(asked: Asked, *, now: datetime) -> FrictionReport:
    """Counts the workspace's friction from `since` up to, not including, `until`.

    Raises ValueError when the period is empty or turned around.
    """
    if asked.until <= asked.since:
        raise ValueError("The period must end after it begins.")
    width = bucket_width(asked.until - asked.since)
    size = -(-(asked.until - asked.since) // width)
    named = named_of(asked) | {"width": width.total_seconds()}
    rows = fetch(sql.LINES, named)
    shown = rows[:MAX_LINES]
    places = {row[0]: row[1:] for row in fetch(sql.PLACES, {"places": [row[0] for row in shown]})}
    trends = _trends(fetch(sql.TRENDS, named | {"places": list(places)}), size)
    seen = seen_by_page(named)
    counted = RollUp.objects.filter(pk=asked.workspace_id).first()
    return FrictionReport(
        since=asked.since,
        until=asked.until,
        made_at=now,
        counted_to=counted.counted_to if counted else None,
        buckets=tuple(asked.since + width * number for number in range(size)),
        bucket_seconds=int(width.total_seconds()),
        totals=_totals(named, len(rows), counted.crowded_out if counted else 0),
        kinds=_kinds(fetch(sql.KINDS, named), size),
        lines=tuple(line_of(row, places[row[0]], seen, trends.get(row[0], ())) for row in shown),
        segments=tuple(_names(Segment, asked.workspace_id)),
        releases=tuple(_names(Release, asked.workspace_id)),
    )


def named_of(asked: Asked) -> dict[str, Any]:
    """The question as parameters of the statements; a name that nobody has finds nothing."""
    return {
        "workspace": asked.workspace_id,
        "since": asked.since,
        "until": asked.until,
        "segment": _id(Segment, asked.workspace_id, asked.segment),
        "release": _id(Release, asked.workspace_id, asked.release),
    }


def fetch(query: str, named: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, named)
        return list(cursor.fetchall())


def seen_by_page(named: dict[str, Any]) -> dict[str, int]:
    """Sessions that saw each page."""
    return dict(fetch(sql.SEEN, named))


def line_of(
    row: tuple[Any, ...],
    place: tuple[Any, ...],
    seen: dict[str, int],
    trend: tuple[int, ...] = (),
) -> FrictionLine:
    """A row of `LINES` at its place."""
    number, sessions, signals, contacts, accounts, severity, first_at, last_at, revenue = row
    kind, page, element, name = place
    shown = max(seen.get(page, 0), sessions)
    low, high = share_between(sessions, shown)
    return FrictionLine(
        place=number,
        kind=kind,
        page=page,
        element=element,
        element_name=name,
        signals=signals,
        sessions=sessions,
        contacts=contacts,
        accounts=accounts,
        revenue=revenue,
        severity=round(severity, 3),
        first_at=first_at,
        last_at=last_at,
        seen=shown,
        share=round(sessions / shown, 4),
        share_low=low,
        share_high=high,
        trend=trend,
    )


def bucket_width(period: timedelta) -> timedelta:
    """Hours for two days, quarter days for two weeks, days for two months, else weeks."""
    for longest, width in _WIDTHS:
        if period <= longest:
            return width
    return _WEEK


def _trends(rows: list[tuple[Any, ...]], size: int) -> dict[int, tuple[int, ...]]:
    counts: dict[int, list[int]] = {}
    for place, bucket, signals in rows:
        counts.setdefault(place, [0] * size)[min(bucket, size - 1)] += signals
    return {place: tuple(counted) for place, counted in counts.items()}


def _kinds(rows: list[tuple[Any, ...]], size: int) -> tuple[KindTrend, ...]:
    counts: dict[str, list[int]] = {}
    for kind, bucket, signals in rows:
        counts.setdefault(kind, [0] * size)[min(bucket, size - 1)] += signals
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return tuple(KindTrend(kind, tuple(counted)) for kind, counted in ordered if sum(counted))


def _totals(named: dict[str, Any], lines: int, crowded_out: int) -> FrictionTotals:
    [(signals, sessions, contacts, accounts, revenue)] = fetch(sql.TOTALS, named)
    [(seen,)] = fetch(sql.SESSIONS, named)
    return FrictionTotals(
        signals, sessions, contacts, accounts, revenue, seen, lines, crowded_out
    )  # fmt: skip


def _id(model: type[Segment] | type[Release], workspace_id: int, name: str | None) -> int | None:
    if name is None:
        return None
    row = model._default_manager.filter(workspace_id=workspace_id, name=name).first()
    return row.pk if row else -1


def _names(model: type[Segment] | type[Release], workspace_id: int) -> list[str]:
    order = "-first_at" if model is Release else "name"
    rows = model._default_manager.filter(workspace_id=workspace_id).order_by(order)
    return list(rows.values_list("name", flat=True)[:50])
