"""The friction report: which control on which page stops whom, over a period.

Everything is counted in PostgreSQL. An episode belongs to the moment it was last seen, and one
that was taken back (`retracted_at`) is not counted at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DateTimeField, F, Func, Max, Min, QuerySet, Value
from django.db.models.fields import DurationField

from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal

MAX_LINES = 500
"""Lines in one report. A page can be made to invent elements without end; a screen cannot."""

_WIDTHS = (
    (timedelta(hours=48), timedelta(hours=1)),
    (timedelta(days=14), timedelta(hours=6)),
    (timedelta(days=62), timedelta(days=1)),
)
_WEEK = timedelta(days=7)

Place = tuple[str, str, str]
"""Kind, page and element: what a line of the report is about."""


@dataclass(frozen=True, slots=True)
class FrictionLine:
    """One kind of friction on one element of one page."""

    kind: str
    page: str
    element: str
    element_name: str
    signals: int
    sessions: int
    contacts: int
    accounts: int
    severity: float
    """Mean of its episodes, 0 to 1."""
    first_at: datetime
    last_at: datetime
    share: float
    """Sessions that met it among all sessions of the period, 0 to 1."""
    trend: tuple[int, ...] = ()
    """Episodes per bucket of the report."""


@dataclass(frozen=True, slots=True)
class FrictionTotals:
    """Distinct counts over all lines, also those beyond `MAX_LINES`."""

    signals: int
    sessions: int
    contacts: int
    accounts: int
    sessions_seen: int
    """Sessions in the period, with friction or without."""
    lines: int


@dataclass(frozen=True, slots=True)
class KindTrend:
    """Episodes of one kind per bucket of the report."""

    kind: str
    trend: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FrictionReport:
    """A period's friction, most contacts hit first."""

    since: datetime
    until: datetime
    made_at: datetime
    buckets: tuple[datetime, ...]
    """Start of each bucket; the last one may be cut short by `until`."""
    bucket_seconds: int
    totals: FrictionTotals
    kinds: tuple[KindTrend, ...]
    lines: tuple[FrictionLine, ...]


def friction_report(
    *, workspace_id: int, since: datetime, until: datetime, now: datetime
) -> FrictionReport:
    """Counts the workspace's friction from `since` up to, not including, `until`.

    Raises ValueError when the period is empty or turned around.
    """
    if until <= since:
        raise ValueError("The period must end after it begins.")
    width = bucket_width(until - since)
    buckets = _buckets(since, until, width)
    signals = signals_between(workspace_id=workspace_id, since=since, until=until)
    seen = sessions_between(workspace_id=workspace_id, since=since, until=until)
    lines = list(friction_lines(signals)[:MAX_LINES])
    trends = _trends(signals, lines, since=since, width=width, size=len(buckets))
    return FrictionReport(
        since=since,
        until=until,
        made_at=now,
        buckets=buckets,
        bucket_seconds=int(width.total_seconds()),
        totals=_totals(signals, seen, lines),
        kinds=_kinds(signals, since=since, width=width, size=len(buckets)),
        lines=tuple(line_of(row, seen, trends.get(_place(row), ())) for row in lines),
    )


def signals_between(
    *, workspace_id: int, since: datetime, until: datetime
) -> "QuerySet[FrictionSignal]":
    """The period's episodes that still stand."""
    return FrictionSignal.objects.filter(
        workspace_id=workspace_id,
        last_at__gte=since,
        last_at__lt=until,
        retracted_at__isnull=True,
    )


def sessions_between(*, workspace_id: int, since: datetime, until: datetime) -> int:
    """Sessions that were there at some time of the period."""
    return Session.objects.filter(
        workspace_id=workspace_id, seen_at__gte=since, started_at__lt=until
    ).count()


def friction_lines(signals: "QuerySet[FrictionSignal]") -> "QuerySet[Any, dict[str, Any]]":
    """One row per kind, page and element, most contacts hit first; not yet read."""
    rows: QuerySet[Any, dict[str, Any]] = (
        signals.values("kind", "page", "element")  # type: ignore[assignment]
        .annotate(
            name=Max("element_name"),
            signals=Count("pk"),
            sessions=Count("session_id", distinct=True),
            contacts=Count("contact_id", distinct=True),
            accounts=Count("contact__account_id", distinct=True),
            mean_severity=Avg("severity"),
            first_at=Min("started_at"),
            latest_at=Max("last_at"),
        )
        .order_by("-contacts", "-sessions", "-signals", "kind", "page", "element")
    )
    return rows


def line_of(row: dict[str, Any], seen: int, trend: tuple[int, ...] = ()) -> FrictionLine:
    """A row of `friction_lines` among `seen` sessions."""
    return FrictionLine(
        kind=row["kind"],
        page=row["page"],
        element=row["element"],
        element_name=row["name"],
        signals=row["signals"],
        sessions=row["sessions"],
        contacts=row["contacts"],
        accounts=row["accounts"],
        severity=round(row["mean_severity"], 3),
        first_at=row["first_at"],
        last_at=row["latest_at"],
        share=share_of(row["sessions"], seen),
        trend=trend,
    )


def share_of(sessions: int, seen: int) -> float:
    """Part of `seen`, never above 1: a signal's session may have begun before the period."""
    return round(min(1.0, sessions / seen), 4) if seen else 0.0


def bucket_width(period: timedelta) -> timedelta:
    """Hours for two days, quarter days for two weeks, days for two months, else weeks."""
    for longest, width in _WIDTHS:
        if period <= longest:
            return width
    return _WEEK


def _buckets(since: datetime, until: datetime, width: timedelta) -> tuple[datetime, ...]:
    size = -(-(until - since) // width)
    return tuple(since + width * number for number in range(size))


def _bucket(since: datetime, width: timedelta) -> Func:
    """Start of the bucket that a signal falls into (PostgreSQL's `date_bin`)."""
    return Func(
        Value(width, DurationField()),
        F("last_at"),
        Value(since, DateTimeField()),
        function="date_bin",
        output_field=DateTimeField(),
    )


def _trends(
    signals: "QuerySet[FrictionSignal]",
    lines: list[dict[str, Any]],
    *,
    since: datetime,
    width: timedelta,
    size: int,
) -> dict[Place, tuple[int, ...]]:
    counts = {_place(line): [0] * size for line in lines}
    elements = {line["element"] for line in lines}
    rows = (
        # Narrowed before counting: a page can have a thousand elements that are not on the screen.
        signals.filter(element__in=elements)
        .values("kind", "page", "element", bucket=_bucket(since, width))
        .annotate(signals=Count("pk"))
    )
    for row in rows.iterator():
        if (counted := counts.get(_place(row))) is not None:
            counted[(row["bucket"] - since) // width] = row["signals"]
    return {place: tuple(counted) for place, counted in counts.items()}


def _kinds(
    signals: "QuerySet[FrictionSignal]", *, since: datetime, width: timedelta, size: int
) -> tuple[KindTrend, ...]:
    counts: dict[str, list[int]] = {}
    rows = signals.values("kind", bucket=_bucket(since, width)).annotate(signals=Count("pk"))
    for row in rows:
        counted = counts.setdefault(row["kind"], [0] * size)
        counted[(row["bucket"] - since) // width] = row["signals"]
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return tuple(KindTrend(kind, tuple(counted)) for kind, counted in ordered)


def _totals(
    signals: "QuerySet[FrictionSignal]", seen: int, lines: list[dict[str, Any]]
) -> FrictionTotals:
    counted = signals.aggregate(
        signals=Count("pk"),
        sessions=Count("session_id", distinct=True),
        contacts=Count("contact_id", distinct=True),
        accounts=Count("contact__account_id", distinct=True),
    )
    size = len(lines)
    if size == MAX_LINES:
        size = signals.values("kind", "page", "element").distinct().count()
    return FrictionTotals(**counted, sessions_seen=seen, lines=size)


def _place(row: Mapping[str, Any]) -> Place:
    return (row["kind"], row["page"], row["element"])
