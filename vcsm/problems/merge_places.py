"""Makes one place out of one that had two names: the newer row's data goes to the older row."""

from typing import Any

from django.db import connection

from vcsm.problems.models import Place

# A session that met both counts once: it is taken off the newer row first.
_TWICE_SEEN = """
WITH gone AS (
  DELETE FROM problems_pagevisit n USING problems_pagevisit o, events_session s
  WHERE n.place_id = %(new)s AND o.place_id = %(old)s AND o.session_id = n.session_id
    AND s.id = n.session_id RETURNING n.at, n.session_id, s.workspace_id, s.release, s.contact_id
), counted AS (
  SELECT date_trunc('hour', g.at) AS hour, f.id AS segment_id, v.id AS release_id,
    count(*) AS sessions
  FROM gone g JOIN accounts_contact c ON c.id = g.contact_id
  LEFT JOIN accounts_account a ON a.id = c.account_id
  JOIN problems_segment f ON f.workspace_id = g.workspace_id AND f.name = coalesce(a.plan, '')
  JOIN problems_release v ON v.workspace_id = g.workspace_id AND v.name = g.release
  GROUP BY 1, 2, 3
)
UPDATE problems_rate r SET sessions = greatest(0, r.sessions - c.sessions) FROM counted c
WHERE r.place_id = %(new)s AND r.hour = c.hour AND r.segment_id = c.segment_id
  AND r.release_id = c.release_id
"""
_TWICE_HIT = """
WITH gone AS (
  DELETE FROM problems_hit n USING problems_hit o
  WHERE n.place_id = %(new)s AND o.place_id = %(old)s AND o.session_id = n.session_id
  RETURNING n.at, n.segment_id, n.release_id, n.signals, n.severity
), counted AS (
  SELECT date_trunc('hour', at) AS hour, segment_id, release_id, count(*) AS sessions,
    sum(signals) AS signals, sum(severity) AS severity FROM gone GROUP BY 1, 2, 3
)
UPDATE problems_rate r SET sessions = r.sessions - c.sessions, signals = r.signals - c.signals,
  severity = r.severity - c.severity FROM counted c
WHERE r.place_id = %(new)s AND r.hour = c.hour AND r.segment_id = c.segment_id
  AND r.release_id = c.release_id
"""
_MOVE = """
UPDATE problems_pagevisit SET place_id = %(old)s WHERE place_id = %(new)s;
UPDATE problems_hit SET place_id = %(old)s WHERE place_id = %(new)s;
INSERT INTO problems_rate AS r
  (workspace_id, place_id, hour, segment_id, release_id, sessions, signals, severity)
SELECT workspace_id, %(old)s, hour, segment_id, release_id, sessions, signals, severity
FROM problems_rate WHERE place_id = %(new)s
ON CONFLICT (place_id, hour, segment_id, release_id) DO UPDATE SET
  sessions = r.sessions + excluded.sessions, signals = r.signals + excluded.signals,
  severity = r.severity + excluded.severity;
UPDATE problems_problemplace p SET place_id = %(old)s WHERE place_id = %(new)s AND NOT EXISTS (
  SELECT 1 FROM problems_problemplace q WHERE q.problem_id = p.problem_id
    AND q.place_id = %(old)s);
DELETE FROM problems_problemplace WHERE place_id = %(new)s;
DELETE FROM problems_rate WHERE place_id = %(new)s
"""
_MOVE_SEGMENT = """
UPDATE problems_hit SET segment_id = %(old)s WHERE segment_id = %(new)s;
INSERT INTO problems_rate AS r
  (workspace_id, place_id, hour, segment_id, release_id, sessions, signals, severity)
SELECT workspace_id, place_id, hour, %(old)s, release_id, sessions, signals, severity
FROM problems_rate WHERE segment_id = %(new)s
ON CONFLICT (place_id, hour, segment_id, release_id) DO UPDATE SET
  sessions = r.sessions + excluded.sessions, signals = r.signals + excluded.signals,
  severity = r.severity + excluded.severity;
DELETE FROM problems_rate WHERE segment_id = %(new)s;
DELETE FROM problems_segment WHERE id = %(new)s
"""


def merge_places(old: Place, new: Place) -> None:
    """Gives `old` all that both rows had and deletes `new`. For use inside a transaction."""
    named = {"old": old.pk, "new": new.pk}
    _run(_TWICE_SEEN, named)
    _run(_TWICE_HIT, named)
    for statement in _MOVE.split(";"):
        _run(statement, named)
    new.delete()


def merge_segments(old: int, new: int) -> None:
    """Does the same for two rows of one plan, given by id. For use inside a transaction."""
    for statement in _MOVE_SEGMENT.split(";"):
        _run(statement, {"old": old, "new": new})


def _run(statement: str, named: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, named)
