"""The report's other views: pages, flows, searches, unmet intents, new names, a release before and
after, and the sessions behind a line."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from vcsm.intent.models import UnmetCluster
from vcsm.problems.models import Release, Renamed
from vcsm.reports import friction_sql as sql
from vcsm.reports.asked import Asked
from vcsm.reports.friction_count import count_pairs, fetch, group, sum_by_place
from vcsm.reports.held import Held, PlaceName, hold, named_of
from vcsm.reports.intervals import shares_between
from vcsm.reports.replica import reads_replica

MAX_ROWS = 100
AROUND_RELEASE = timedelta(days=7)

_SESSIONS = f"""
SELECT h.session_id, h.contact_id, coalesce(nullif(c.name, ''), c.external_id, ''),
  coalesce(a.name, ''), h.at, h.signals, h.severity
FROM problems_hit h JOIN accounts_contact c ON c.id = h.contact_id
LEFT JOIN accounts_account a ON a.id = h.account_id
WHERE h.place_id = %(place)s AND h.{sql.HITS.strip()}
ORDER BY h.severity DESC, h.signals DESC, h.at DESC, h.session_id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page on the friction map: how many of the sessions that saw it met anything there."""

    page: str
    seen: int
    hit: int
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True)
class Row:
    """A step of a flow, a search or an intent: sessions hit (`sessions`), how often (`times`), and
    sessions that could have been (`seen`)."""

    page: str
    what: str
    sessions: int
    times: int
    seen: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something contacts wanted that no intent or article answers."""

    title: str
    phrases: tuple[str, ...]
    size: int
    contacts: int
    accounts: int
    revenue: float
    trend: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A place before and after a release, as shares of the sessions that saw its page."""

    kind: str
    page: str
    name: str
    before: float
    before_low: float
    before_high: float
    after: float
    after_low: float
    after_high: float
    clear: bool
    """Whether the two 95 % intervals do not overlap."""


@dataclass(frozen=True, slots=True)
class NewName:
    """A page, an element of a page or a plan that got another name and kept its history."""

    what: str
    page: str
    old: str
    new: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionLine:
    session: UUID
    contact: int
    contact_name: str
    account: str
    at: datetime
    signals: int
    severity: float


def page_map(held: Held) -> list[PageLine]:
    """Returns every page that was seen, most sessions hit first, at most MAX_ROWS."""
    hits = held.period.hits
    order = {page: number for number, page in enumerate(sorted(held.seen))}
    places, which = group(hits["place"])
    page_of = [order.get(held.places[one].page, -1) for one in places.tolist()]
    pages = np.array(page_of, dtype=np.int64)[which]
    struck = count_pairs(pages, hits["session"])
    rows = [
        (page, max(seen, struck.get(order[page], 0)), struck.get(order[page], 0))
        for page, seen in held.seen.items()
    ]
    rows = sorted(rows, key=lambda one: (-one[2], -one[1], one[0]))[:MAX_ROWS]
    low, high = shares_between([one[2] for one in rows], [one[1] for one in rows])
    return [
        PageLine(page, seen, hit, round(hit / seen, 4), float(least), float(most))
        for (page, seen, hit), least, most in zip(rows, low, high, strict=True)
    ]


def rows_of(held: Held, *, kind: str) -> list[Row]:
    """Returns searches without results (`no_results`) or where flows stall (`stalled_step`)."""
    rates = held.period.rates
    sessions, times = sum_by_place(rates, "sessions"), sum_by_place(rates, "signals")
    rows = [
        Row(
            page=name.page,
            what=name.name or name.element,
            sessions=sessions[place],
            times=times.get(place, 0),
            seen=max(held.seen.get(name.page, 0), sessions[place]),
        )
        for place, name in held.places.items()
        if name.kind == kind and sessions.get(place, 0) > 0
    ]
    return sorted(rows, key=lambda one: (-one.sessions, one.what, one.page))[:MAX_ROWS]


@reads_replica
def unmet_of(asked: Asked) -> list[Unmet]:
    """Returns unanswered wishes that were still met in the period, clustered, largest first."""
    rows = UnmetCluster.objects.filter(
        workspace_id=asked.workspace_id, settled_at=None, last_at__gte=asked.since
    ).order_by("-size")
    return [
        Unmet(
            row.title,
            tuple(str(phrase) for phrase in row.phrases[:3]),
            row.size,
            row.contacts,
            row.accounts,
            float(row.annual_revenue),
            tuple(row.trend),
        )
        for row in rows[:20]
    ]


def new_names(asked: Asked) -> list[NewName]:
    """Returns what got another name in the period, latest first."""
    rows = Renamed.objects.filter(
        workspace_id=asked.workspace_id, at__gte=asked.since, at__lt=asked.until
    ).order_by("-at")
    return [NewName(row.what, row.page, row.old, row.new, row.at) for row in rows[:MAX_ROWS]]


@reads_replica
def around_release(asked: Asked, *, name: str) -> list[Change]:
    """Compares the week before with the week after a release was first seen; clear changes first.

    Empty when there is no such release.
    """
    release = Release.objects.filter(workspace_id=asked.workspace_id, name=name).first()
    if release is None:
        return []
    turn = release.first_at.replace(minute=0, second=0, microsecond=0)
    begin, end = turn - AROUND_RELEASE, turn + AROUND_RELEASE
    before = hold(replace(asked, since=begin, until=turn, release=None))
    after = hold(replace(asked, since=turn, until=end, release=None))
    was, is_now = (sum_by_place(one.period.rates, "sessions") for one in (before, after))
    names = {**before.places, **after.places}
    changes = [
        _change(
            name,
            (was.get(place, 0), before.seen.get(name.page, 0)),
            (is_now.get(place, 0), after.seen.get(name.page, 0)),
        )
        for place, name in names.items()
        if name.kind and (place in was or place in is_now)
    ]
    changes.sort(key=lambda one: (not one.clear, -abs(one.after - one.before), one.page))
    return changes[:MAX_ROWS]


@reads_replica
def sessions_behind(asked: Asked, *, place: int, most: int = 50) -> list[SessionLine]:
    """Returns the sessions hit at a place, those that show it best first."""
    rows = fetch(_SESSIONS, named_of(asked) | {"place": place, "most": most})
    return [SessionLine(*row) for row in rows]


def _change(name: PlaceName, was: tuple[int, int], is_now: tuple[int, int]) -> Change:
    """Compares (sessions hit, sessions that saw its page) before and after."""
    first, then = max(was), max(is_now)
    low, high = shares_between([was[0], is_now[0]], [first, then])
    return Change(
        kind=name.kind,
        page=name.page,
        name=name.name or name.element,
        before=round(was[0] / max(first, 1), 4),
        before_low=float(low[0]),
        before_high=float(high[0]),
        after=round(is_now[0] / max(then, 1), 4),
        after_low=float(low[1]),
        after_high=float(high[1]),
        clear=bool(high[0] < low[1] or high[1] < low[0]),
    )
