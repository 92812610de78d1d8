"""The report's other views: pages, flows, searches, unmet intents, a release before and after, and
the sessions behind a line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from vcsm.intent.models import UnmetCluster
from vcsm.problems.models import Release
from vcsm.reports import friction_sql as sql
from vcsm.reports.friction import Asked, fetch, named_of, seen_by_page
from vcsm.reports.intervals import share_between

MAX_ROWS = 100
AROUND_RELEASE = timedelta(days=7)

_KIND = f"""
SELECT p.page, p.element, p.name, sum(h.sessions)::int, sum(h.signals)::int
FROM (SELECT place_id, sum(sessions) AS sessions, sum(signals) AS signals FROM problems_rate
  WHERE {sql.RATES} GROUP BY 1) h
JOIN problems_place p ON p.id = h.place_id AND p.kind = %(kind)s
GROUP BY 1, 2, 3 HAVING sum(h.sessions) > 0 ORDER BY 4 DESC, 2 LIMIT {MAX_ROWS}
"""
_CHANGE = """
SELECT p.id, p.kind, p.page, p.name, p.element,
  sum(r.sessions) FILTER (WHERE r.hour < %(turn)s)::int,
  sum(r.sessions) FILTER (WHERE r.hour >= %(turn)s)::int
FROM problems_rate r JOIN problems_place p ON p.id = r.place_id
WHERE r.workspace_id = %(workspace)s AND r.hour >= %(since)s AND r.hour < %(until)s
GROUP BY 1, 2, 3, 4, 5
"""
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
    """A page on the friction map: of the sessions that saw it, those that met anything there."""

    page: str
    seen: int
    hit: int
    share: float
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True)
class Row:
    """A step of a flow, or a search: sessions that stalled there or found nothing."""

    page: str
    what: str
    sessions: int
    times: int
    seen: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """What contacts wanted and nothing of ours answers."""

    title: str
    phrases: tuple[str, ...]
    size: int
    contacts: int
    accounts: int
    revenue: float
    trend: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A place before and after a release; shares of the sessions that saw its page."""

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
    """Whether the intervals do not overlap."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    session: UUID
    contact: int
    contact_name: str
    account: str
    at: datetime
    signals: int
    severity: float


def page_map(asked: Asked) -> list[PageLine]:
    """Every page that was seen, those with the most sessions hit first."""
    named = named_of(asked)
    hit: dict[str, int] = dict(fetch(sql.PAGES_HIT, named))
    lines = []
    for page, sessions in seen_by_page(named).items():
        seen = max(sessions, hit.get(page, 0))
        if seen > 0:
            low, high = share_between(hit.get(page, 0), seen)
            struck = hit.get(page, 0)
            lines.append(PageLine(page, seen, struck, round(struck / seen, 4), low, high))
    return sorted(lines, key=lambda one: (-one.hit, -one.seen, one.page))[:MAX_ROWS]


def rows_of(asked: Asked, *, kind: str) -> list[Row]:
    """`no_results`: searches without results; `stalled_step`: where flows stall."""
    named = named_of(asked)
    seen = seen_by_page(named)
    rows = fetch(_KIND, named | {"kind": kind})
    return [
        Row(page, name or element, sessions, times, max(seen.get(page, 0), sessions))
        for page, element, name, sessions, times in rows
    ]


def unmet_of(asked: Asked) -> list[Unmet]:
    """Clusters of wishes without an answer that were still met in the period, largest first."""
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


def around_release(asked: Asked, *, name: str) -> list[Change]:
    """A week before against a week after a release was first seen; clear changes first."""
    release = Release.objects.filter(workspace_id=asked.workspace_id, name=name).first()
    if release is None:
        return []
    turn = release.first_at.replace(minute=0, second=0, microsecond=0)
    named = {
        "workspace": asked.workspace_id,
        "since": turn - AROUND_RELEASE,
        "until": turn + AROUND_RELEASE,
        "turn": turn,
    }
    rows = fetch(_CHANGE, named)
    seen = {row[2]: (row[5] or 0, row[6] or 0) for row in rows if not row[1]}
    changes = [_change(row, seen.get(row[2], (0, 0))) for row in rows if row[1]]
    changes.sort(key=lambda one: (not one.clear, -abs(one.after - one.before), one.page))
    return changes[:MAX_ROWS]


def sessions_behind(asked: Asked, *, place: int, most: int = 50) -> list[SessionLine]:
    """The sessions hit at a place, those that show it best first."""
    rows = fetch(_SESSIONS, named_of(asked) | {"place": place, "most": most})
    return [SessionLine(*row) for row in rows]


def _change(row: tuple[Any, ...], seen: tuple[int, int]) -> Change:
    _, kind, page, name, element, before, after = row
    first, then = max(seen[0], before or 0), max(seen[1], after or 0)
    was, is_now = share_between(before or 0, first), share_between(after or 0, then)
    return Change(
        kind=kind,
        page=page,
        name=name or element,
        before=round((before or 0) / max(first, 1), 4),
        before_low=was[0],
        before_high=was[1],
        after=round((after or 0) / max(then, 1), 4),
        after_low=is_now[0],
        after_high=is_now[1],
        clear=was[1] < is_now[0] or is_now[1] < was[0],
    )
