"""Reads what the detection needs: places, the history it learns from, and what came in lately."""

from datetime import UTC, datetime, timedelta

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from vcsm.problems.detect import STEP_MINUTES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WATCHED = 5_000
"""Streams watched per workspace: those with the most hits. The rest stays in the report."""
WATCHED_PAGES = 2_000
"""Pages watched: those most visited, since a stranger may invent pages without end."""
HISTORY_DAYS = 28

_PLACES = """
SELECT p.id, g.id FROM problems_place p
JOIN problems_place g ON g.workspace_id = p.workspace_id AND g.kind = '' AND g.page = p.page
  AND g.element = ''
JOIN (SELECT place_id, sum(sessions) AS hits FROM problems_rate
      WHERE workspace_id = %s AND hour >= %s GROUP BY place_id) r ON r.place_id = p.id
WHERE p.workspace_id = %s AND p.kind <> '' AND p.page <> ''
ORDER BY r.hits DESC, p.id LIMIT %s
"""
_PAGES = """
SELECT p.id FROM problems_place p JOIN problems_rate r ON r.place_id = p.id
WHERE p.workspace_id = %s AND p.kind = '' AND p.element = '' AND r.hour >= %s
GROUP BY p.id ORDER BY sum(r.sessions) DESC, p.id LIMIT %s
"""
_HOURLY = """
SELECT place_id, floor(extract(epoch FROM hour) / 3600)::bigint, sum(sessions)::bigint
FROM problems_rate WHERE workspace_id = %s AND hour >= %s AND hour < %s GROUP BY 1, 2
"""
# A session counts once for its page, however many things on it hit it.
_PAGE_HITS = """
SELECT page_id, floor(extract(epoch FROM at) / 3600)::bigint, count(*) FROM (
  SELECT g.id AS page_id, h.session_id, min(h.at) AS at
  FROM problems_hit h JOIN problems_place p ON p.id = h.place_id
  JOIN problems_place g ON g.workspace_id = p.workspace_id AND g.kind = '' AND g.page = p.page
    AND g.element = ''
  WHERE h.workspace_id = %s AND h.at >= %s AND h.at < %s GROUP BY g.id, h.session_id) first
GROUP BY 1, 2
"""
_HITS = """
SELECT DISTINCT floor(extract(epoch FROM h.at) / %s)::bigint, h.place_id,
  coalesce(h.account_id, -h.contact_id)
FROM problems_hit h WHERE h.workspace_id = %s AND h.at >= %s AND h.at < %s
"""
_FIRST_HITS = """
SELECT DISTINCT floor(extract(epoch FROM h.at) / %s)::bigint, g.id,
  coalesce(h.account_id, -h.contact_id)
FROM problems_hit h JOIN problems_place p ON p.id = h.place_id
JOIN problems_place g ON g.workspace_id = p.workspace_id AND g.kind = '' AND g.page = p.page
  AND g.element = ''
WHERE h.workspace_id = %s AND h.at >= %s AND h.at < %s AND NOT EXISTS (
  SELECT 1 FROM problems_hit e JOIN problems_place q ON q.id = e.place_id
  WHERE e.session_id = h.session_id AND q.page = p.page AND e.at < h.at)
"""
_SEEN = """
SELECT floor(extract(epoch FROM v.at) / %s)::bigint, v.place_id, count(*)
FROM problems_pagevisit v JOIN problems_place p ON p.id = v.place_id
WHERE p.workspace_id = %s AND v.at >= %s AND v.at < %s GROUP BY 1, 2
"""
_STRUCK = """
SELECT h.session_id, h.account_id FROM problems_hit h JOIN problems_place p ON p.id = h.place_id
WHERE h.workspace_id = %s AND h.at >= %s AND h.at < %s AND (p.id = %s OR (
  p.kind <> '' AND p.page = (SELECT page FROM problems_place WHERE id = %s AND kind = '')))
"""
_CAME = """
SELECT count(*) FROM problems_pagevisit v JOIN problems_place g ON g.id = v.place_id
JOIN problems_place p ON p.workspace_id = g.workspace_id AND p.page = g.page AND p.id = %s
WHERE v.at >= %s AND v.at < %s
"""
# A few hits make no share yet, so thirty hits of nobody are added.
_SHARES = """
SELECT account_id, count(*)::float / (30 + (sum(count(*)) OVER ())::float) FROM problems_hit
WHERE workspace_id = %s AND at >= %s AND at < %s AND account_id IS NOT NULL GROUP BY 1
"""


def step_of(moment: datetime) -> int:
    """Returns the step that a moment lies in, counted from the epoch."""
    return int(moment.timestamp() // (60 * STEP_MINUTES))


def moment_of(step: int) -> datetime:
    """Returns the moment (UTC) at which a step begins."""
    return datetime.fromtimestamp(step * 60 * STEP_MINUTES, UTC)


def read_streams(workspace_id: int, since: datetime) -> tuple[Ints, Ints, Ints]:
    """Returns ids: the watched places, the page each stands on, and all watched pages."""
    rows = _fetch(_PLACES, [workspace_id, since, workspace_id, WATCHED])
    found = _fetch(_PAGES, [workspace_id, since, WATCHED_PAGES])
    pages = np.array(sorted(row[0] for row in found), dtype=np.int64)
    on = set(pages.tolist())
    kept = [row for row in rows if row[1] in on]
    return (
        np.array([row[0] for row in kept], dtype=np.int64),
        np.array([row[1] for row in kept], dtype=np.int64),
        pages,
    )


def read_hourly(workspace_id: int, since: datetime, until: datetime) -> Ints:
    """Returns rows of place, hour since the epoch, sessions: seen for pages, hit for others."""
    return _table(_fetch(_HOURLY, [workspace_id, since, until]))


def read_page_hits(workspace_id: int, since: datetime, until: datetime) -> Ints:
    """Returns rows of page, hour since the epoch, sessions that anything on the page hit."""
    return _table(_fetch(_PAGE_HITS, [workspace_id, since, until]))


def read_hits(workspace_id: int, since: int, until: int) -> tuple[Ints, Ints]:
    """Returns rows of step, place and account, each account once a step, and the same for pages.

    A contact without an account counts as an account, with its negative id.
    """
    asked = [STEP_MINUTES * 60, workspace_id, moment_of(since), moment_of(until)]
    return _table(_fetch(_HITS, asked)), _table(_fetch(_FIRST_HITS, asked))


def read_seen(workspace_id: int, since: int, until: int) -> Ints:
    """Returns rows of step, page, sessions that came to see it."""
    asked = [STEP_MINUTES * 60, workspace_id, moment_of(since), moment_of(until)]
    return _table(_fetch(_SEEN, asked))


def read_struck(
    workspace_id: int, place_id: int, since: datetime, until: datetime
) -> tuple[frozenset[int], list[int | None]]:
    """Returns the sessions that were hit at a place (for a page: anywhere on it), and the account
    of each hit."""
    rows = _fetch(_STRUCK, [workspace_id, since, until, place_id, place_id])
    return frozenset(row[0].int for row in rows), [row[1] for row in rows]


def count_seen(place_id: int, since: datetime, until: datetime) -> int:
    """Returns how many sessions came to the page that a place is on."""
    return int(_fetch(_CAME, [place_id, since, until])[0][0])


def read_shares(workspace_id: int, until: datetime) -> dict[int, float]:
    """Returns each account's share (0 to 1) of all accounts' hits in the 28 days before `until`."""
    since = until - timedelta(days=HISTORY_DAYS)
    return dict(_fetch(_SHARES, [workspace_id, since, until]))


def _fetch(query: str, asked: list[object]) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(query, asked)  # type: ignore[arg-type]
        return list(cursor.fetchall())


def _table(rows: list[tuple]) -> Ints:  # type: ignore[type-arg]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)
