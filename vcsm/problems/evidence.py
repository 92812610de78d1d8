"""What shows a problem best: sessions, and what the contacts it hit said about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from vcsm.problems import watch_data
from vcsm.problems.models import Problem, ProblemPlace

SAID_WITHIN = timedelta(hours=2)
"""A message later than this after a hit is about something else."""

_STRUCK = """
SELECT h.session_id, h.contact_id, min(h.at) AS at, max(h.severity) AS severity,
  sum(h.signals) AS signals
FROM problems_problemplace s
JOIN problems_place p ON p.id = s.place_id
JOIN problems_place q ON q.workspace_id = p.workspace_id
  AND (q.id = p.id OR (p.kind = '' AND q.kind <> '' AND q.page = p.page))
JOIN problems_hit h ON h.place_id = q.id AND h.at >= %(began)s AND h.at <= %(until)s
  AND (%(account)s::bigint IS NULL OR h.account_id = %(account)s)
WHERE s.problem_id = %(problem)s GROUP BY 1, 2
"""
_BEST = f"""
SELECT k.session_id, k.contact_id, coalesce(nullif(c.name, ''), c.external_id, ''),
  coalesce(a.name, ''), k.at, k.signals
FROM ({_STRUCK}) k JOIN accounts_contact c ON c.id = k.contact_id
LEFT JOIN accounts_account a ON a.id = c.account_id
ORDER BY k.severity DESC, k.signals DESC, k.at DESC, k.session_id LIMIT %(most)s
"""
_SAID = f"""
SELECT m.text, max(m.sent_at) FROM ({_STRUCK}) k
JOIN conversations_conversation v ON v.contact_id = k.contact_id
JOIN conversations_message m ON m.conversation_id = v.id AND m.author = 'contact'
  AND m.sent_at BETWEEN k.at AND k.at + %(within)s
GROUP BY m.text ORDER BY max(m.sent_at) DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class BestSession:
    session: UUID
    contact: int
    contact_name: str
    account: str
    at: datetime
    signals: int


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    at: datetime


def best_sessions(problem: Problem, *, now: datetime, most: int = 3) -> list[BestSession]:
    """Returns the sessions that show the problem best: by gravest signal, then by most signals."""
    return [BestSession(*row) for row in _fetch(_BEST, problem, now, most)]


def sentences_said(problem: Problem, *, now: datetime, most: int = 5) -> list[Said]:
    """Returns what contacts wrote within two hours of being hit, latest first, each wording
    once."""
    return [Said(*row) for row in _fetch(_SAID, problem, now, most)]


def share_since(row: ProblemPlace, *, until: datetime) -> float | None:
    """Returns the share (0 to 1) of sessions at a place that were hit since the problem began
    there.

    This is the counted rate; `bad` is what the evidence said when it was noticed. None when nobody
    came by.
    """
    place, ended = row.place, row.recovered_at or until
    seen = watch_data.count_seen(place.pk, row.onset, ended)
    hit, _ = watch_data.read_struck(place.workspace_id, place.pk, row.onset, ended)
    return min(1.0, len(hit) / seen) if seen else None


def contacts_hit(problem: Problem, *, now: datetime) -> list[int]:
    """Returns the ids of all contacts the problem hit."""
    rows = _fetch(f"SELECT DISTINCT contact_id FROM ({_STRUCK}) k ORDER BY 1", problem, now, 0)
    return [row[0] for row in rows]


def _fetch(query: str, problem: Problem, now: datetime, most: int) -> list[tuple]:  # type: ignore[type-arg]
    named: dict[str, Any] = {
        "problem": problem.pk,
        "account": problem.account_id,
        "began": problem.began_at,
        "until": problem.verified_at or now,
        "within": SAID_WITHIN,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, named)
        return list(cursor.fetchall())
