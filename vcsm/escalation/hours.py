"""Hours of a day in a time zone, across midnight if need be. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

AHEAD = 8
"""How many days ahead to look: a week and a day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Local time from `starts` until `ends`; an `ends` at or before `starts` is on the next day."""

    starts: time
    ends: time
    zone: str
    days: tuple[int, ...] = ()
    """Weekdays on which the hours start, 0 (Monday) to 6; empty means every day."""


def within(hours: Hours, at: datetime) -> bool:
    return any(start <= at < end for start, end in _around(hours, at, before=1, after=0))


def ends_after(hours: Hours, at: datetime) -> datetime:
    """Returns when the hours around `at` end; `at` itself if it lies outside them."""
    found = [end for start, end in _around(hours, at, before=1, after=0) if start <= at < end]
    return max(found, default=at)


def next_start(hours: Sequence[Hours], at: datetime) -> datetime | None:
    """Returns when the first of them starts, within a week; `at` if it lies within one already.

    None if none starts.
    """
    if any(within(one, at) for one in hours):
        return at
    starts = [
        start for one in hours for start, _ in _around(one, at, before=0, after=AHEAD) if start > at
    ]
    return min(starts, default=None)


def _around(
    hours: Hours, at: datetime, *, before: int, after: int
) -> list[tuple[datetime, datetime]]:
    zone = ZoneInfo(hours.zone)
    today = at.astimezone(zone).date()
    found = []
    for offset in range(-before, after + 1):
        day = today + timedelta(days=offset)
        if hours.days and day.weekday() not in hours.days:
            continue
        last = day if hours.ends > hours.starts else day + timedelta(days=1)
        found.append(
            (
                datetime.combine(day, hours.starts, zone).astimezone(at.tzinfo),
                datetime.combine(last, hours.ends, zone).astimezone(at.tzinfo),
            )
        )
    return found
