"""The friction report: which control on which page stops whom, over a period.

It is counted from the roll-ups of `vcsm.problems`, so that thirty days of ten million events open
in well under a second. A session counts once per place, in the hour it was first hit there. Signals
that were taken back are not counted.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from vcsm.problems.models import Release, RollUp, Segment
from vcsm.reports import friction_sql as sql
from vcsm.reports.asked import Asked
from vcsm.reports.friction_count import (
    PlaceCounts,
    Together,
    count_places,
    count_together,
    fetch,
    revenue_of,
    signals_over_time,
)
from vcsm.reports.held import Held, PlaceName, hold, named_of
from vcsm.reports.intervals import shares_between
from vcsm.reports.replica import reads_replica

MAX_LINES = 500
"""Lines in one report, because a page can be made to invent elements without end."""

_WIDTHS = (
    (timedelta(hours=48), timedelta(hours=1)),
    (timedelta(days=14), timedelta(hours=6)),
    (timedelta(days=62), timedelta(days=1)),
)
_WEEK = timedelta(days=7)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    """Annual revenue of the accounts it hit, each counted once, in the workspace's currency."""
    severity: float
    """Mean over its sessions of each one's gravest signal, 0 to 1."""
    first_at: datetime
    last_at: datetime
    seen: int
    """Sessions that saw the page it is on."""
    share: float
    """The part of them that met it, 0 to 1; `share_low` and `share_high` are its 95 % interval."""
    share_low: float
    share_high: float
    trend: tuple[int, ...] = ()
    """Signals in each bucket of the report."""


@dataclass(frozen=True, slots=True)
class FrictionTotals:
    """Distinct counts over all lines, including those beyond `MAX_LINES`."""

    signals: int
    sessions: int
    contacts: int
    accounts: int
    revenue: float
    sessions_seen: int
    """Sessions in the period, with friction or without."""
    lines: int
    crowded_out: int
    """Sessions ever counted under a common place because there were too many to tell apart."""


@dataclass(frozen=True, slots=True)
class KindTrend:
    """Signals of one kind in each bucket of the report."""

    kind: str
    trend: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FrictionReport:
    """A period's friction, most contacts hit first."""

    since: datetime
    until: datetime
    made_at: datetime
    counted_to: datetime | None
    """Everything received before this is counted; None where nothing has been counted yet."""
    buckets: tuple[datetime, ...]
    """Start of each bucket; the last one may be cut short by `until`."""
    bucket_seconds: int
    totals: FrictionTotals
    kinds: tuple[KindTrend, ...]
    lines: tuple[FrictionLine, ...]
    segments: tuple[str, ...]
    releases: tuple[str, ...]


@reads_replica
def friction_report(asked: Asked, *, now: datetime, held: Held | None = None) -> FrictionReport:
    """Counts the workspace's friction from `since` up to, not including, `until`.

    Raises ValueError unless the period ends after it begins.
    """
    held = held or hold(asked)
    width = bucket_width(asked.until - asked.since)
    size = -(-(asked.until - asked.since) // width)
    hits, revenue = held.period.hits, revenue_of(held.period.hits)
    counts = count_places(hits, revenue)
    over_time = signals_over_time(
        held.period.rates,
        since=int(asked.since.timestamp()),
        width=int(width.total_seconds()),
        size=size,
    )
    counted = RollUp.objects.filter(pk=asked.workspace_id).first()
    crowded_out = counted.crowded_out if counted else 0
    return FrictionReport(
        since=asked.since,
        until=asked.until,
        made_at=now,
        counted_to=counted.counted_to if counted else None,
        buckets=tuple(asked.since + width * number for number in range(size)),
        bucket_seconds=int(width.total_seconds()),
        totals=_totals(asked, count_together(hits, revenue), len(counts.place), crowded_out),
        kinds=_kinds(over_time, held.places, size),
        lines=tuple(lines_of(counts, held, over_time, slice(MAX_LINES))),
        segments=tuple(_names(Segment, asked.workspace_id)),
        releases=tuple(_names(Release, asked.workspace_id)),
    )


def lines_of(
    counts: PlaceCounts, held: Held, over_time: dict[int, NDArray[np.int64]], which: slice
) -> list[FrictionLine]:
    """Returns the places that `which` selects as lines."""
    place, sessions = counts.place[which].tolist(), counts.sessions[which].tolist()
    names = [held.places[one] for one in place]
    seen = [
        max(held.seen.get(name.page, 0), struck)
        for name, struck in zip(names, sessions, strict=True)
    ]
    low, high = shares_between(sessions, seen)
    columns = zip(
        place, names, counts.signals[which].tolist(), sessions, counts.contacts[which].tolist(),
        counts.accounts[which].tolist(), counts.revenue[which].tolist(),
        counts.severity[which].tolist(), counts.first_at[which].tolist(),
        counts.last_at[which].tolist(), seen, low.tolist(), high.tolist(), strict=True,
    )  # fmt: skip
    return [
        FrictionLine(
            place=one,
            kind=name.kind,
            page=name.page,
            element=name.element,
            element_name=name.name,
            signals=signals,
            sessions=struck,
            contacts=contacts,
            accounts=accounts,
            revenue=revenue,
            severity=round(severity, 3),
            first_at=_moment(first),
            last_at=_moment(last),
            seen=shown,
            share=round(struck / shown, 4),
            share_low=least,
            share_high=most,
            trend=tuple(over_time[one].tolist()) if one in over_time else (),
        )
        for (
            one, name, signals, struck, contacts, accounts, revenue, severity, first, last, shown,
            least, most,
        ) in columns
    ]  # fmt: skip


def bucket_width(period: timedelta) -> timedelta:
    """Returns hours for two days, quarter days for two weeks, days for 62 days, else weeks."""
    for longest, width in _WIDTHS:
        if period <= longest:
            return width
    return _WEEK


def _kinds(
    over_time: dict[int, NDArray[np.int64]], places: dict[int, PlaceName], size: int
) -> tuple[KindTrend, ...]:
    counts: dict[str, NDArray[np.int64]] = {}
    for place, signals in over_time.items():
        kind = places[place].kind
        counts[kind] = counts.get(kind, np.zeros(size, dtype=np.int64)) + signals
    ordered = sorted(counts.items(), key=lambda item: (-int(item[1].sum()), item[0]))
    return tuple(KindTrend(kind, tuple(one.tolist())) for kind, one in ordered if one.sum())


def _totals(asked: Asked, all_hit: Together, lines: int, crowded_out: int) -> FrictionTotals:
    [(seen,)] = fetch(sql.SESSIONS, named_of(asked))
    return FrictionTotals(
        signals=all_hit.signals,
        sessions=all_hit.sessions,
        contacts=all_hit.contacts,
        accounts=all_hit.accounts,
        revenue=all_hit.revenue,
        sessions_seen=seen,
        lines=lines,
        crowded_out=crowded_out,
    )


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _names(model: type[Segment] | type[Release], workspace_id: int) -> list[str]:
    order = "-first_at" if model is Release else "name"
    rows = model._default_manager.filter(workspace_id=workspace_id).order_by(order)
    return list(rows.values_list("name", flat=True)[:50])
