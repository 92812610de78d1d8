"""What a problem costs: whom it hits, and how much of the year's revenue that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from vcsm.problems.models import Problem

# A page stands for whatever happens on it. An account's revenue counts once, however many of its
# contacts, places and problems there are.
_COST = """
WITH struck AS MATERIALIZED (
  SELECT DISTINCT s.problem_id, h.session_id, h.contact_id, h.account_id
  FROM problems_problemplace s
  JOIN problems_problem b ON b.id = s.problem_id
  JOIN problems_place p ON p.id = s.place_id
  JOIN problems_place q ON q.workspace_id = p.workspace_id
    AND (q.id = p.id OR (p.kind = '' AND q.kind <> '' AND q.page = p.page))
  JOIN problems_hit h ON h.place_id = q.id AND h.at >= b.began_at
    AND h.at <= coalesce(b.verified_at, %(now)s)
    AND (b.account_id IS NULL OR h.account_id = b.account_id)
  WHERE s.problem_id = ANY(%(problems)s)
)
SELECT k.problem_id, count(DISTINCT k.session_id), count(DISTINCT k.contact_id),
  count(DISTINCT k.account_id), coalesce((SELECT sum(a.annual_revenue) FROM accounts_account a
    WHERE a.id IN (SELECT account_id FROM struck o WHERE o.problem_id = k.problem_id)), 0)
FROM struck k GROUP BY k.problem_id
"""
_TOGETHER = """
SELECT coalesce(sum(annual_revenue), 0) FROM accounts_account WHERE id IN (
  SELECT h.account_id FROM problems_problemplace s
  JOIN problems_problem b ON b.id = s.problem_id
  JOIN problems_place p ON p.id = s.place_id
  JOIN problems_place q ON q.workspace_id = p.workspace_id
    AND (q.id = p.id OR (p.kind = '' AND q.kind <> '' AND q.page = p.page))
  JOIN problems_hit h ON h.place_id = q.id AND h.at >= b.began_at
    AND h.at <= coalesce(b.verified_at, %(now)s)
    AND (b.account_id IS NULL OR h.account_id = b.account_id)
  WHERE s.problem_id = ANY(%(problems)s))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Whom a problem hit; `revenue` is annual, in the workspace's currency."""

    sessions: int = 0
    contacts: int = 0
    accounts: int = 0
    revenue: float = 0.0


def costs_of(problems: Iterable[Problem], *, now: datetime) -> dict[UUID, Cost]:
    """Returns the cost of each problem by itself; problems that hit nobody are left out."""
    ids = [problem.pk for problem in problems]
    with connection.cursor() as cursor:
        cursor.execute(_COST, {"problems": ids, "now": now})
        return {row[0]: Cost(row[1], row[2], row[3], float(row[4])) for row in cursor.fetchall()}


def revenue_exposed(problems: Iterable[Problem], *, now: datetime) -> float:
    """Returns the annual revenue of all accounts that these problems hit, each counted once."""
    ids = [problem.pk for problem in problems]
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER, {"problems": ids, "now": now})
        return float(cursor.fetchone()[0])
