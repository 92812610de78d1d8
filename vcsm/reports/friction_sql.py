"""What the friction report asks the database: roll-ups only, never events."""

# Sums over hours are sums of sessions: a session counts once per place, in the hour it came there.
_WHERE = """
workspace_id = %(workspace)s AND {at} >= %(since)s AND {at} < %(until)s
AND (%(segment)s::bigint IS NULL OR segment_id = %(segment)s)
AND (%(release)s::bigint IS NULL OR release_id = %(release)s)
"""
HITS = _WHERE.format(at="at")
RATES = _WHERE.format(at="hour")

LINES = f"""
WITH who AS MATERIALIZED (
  SELECT place_id, contact_id, account_id, count(*) AS sessions, sum(signals) AS signals,
    sum(severity) AS severity, min(at) AS first_at, max(at) AS last_at
  FROM problems_hit WHERE {HITS} GROUP BY 1, 2, 3
), money AS (
  SELECT w.place_id, count(*) AS accounts, sum(a.annual_revenue) AS revenue
  FROM (SELECT DISTINCT place_id, account_id FROM who WHERE account_id IS NOT NULL) w
  JOIN accounts_account a ON a.id = w.account_id GROUP BY 1
)
SELECT w.place_id, sum(w.sessions)::int, sum(w.signals)::int, count(DISTINCT w.contact_id)::int,
  coalesce(min(m.accounts), 0)::int, sum(w.severity) / sum(w.sessions), min(w.first_at),
  max(w.last_at), coalesce(min(m.revenue), 0)::float8
FROM who w LEFT JOIN money m ON m.place_id = w.place_id
GROUP BY w.place_id ORDER BY 4 DESC, 2 DESC, 3 DESC, 1
"""

TOTALS = f"""
WITH who AS MATERIALIZED (
  SELECT session_id, contact_id, account_id, sum(signals) AS signals FROM problems_hit
  WHERE {HITS} GROUP BY 1, 2, 3
)
SELECT coalesce((SELECT sum(signals) FROM who), 0)::int,
  (SELECT count(*) FROM (SELECT DISTINCT session_id FROM who) s)::int,
  (SELECT count(*) FROM (SELECT DISTINCT contact_id FROM who) c)::int,
  (SELECT count(*) FROM (SELECT DISTINCT account_id FROM who WHERE account_id IS NOT NULL) a)::int,
  coalesce((SELECT sum(annual_revenue) FROM accounts_account
    WHERE id IN (SELECT DISTINCT account_id FROM who)), 0)::float8
"""

SESSIONS = """
SELECT count(*) FROM events_session s
LEFT JOIN problems_release v ON v.workspace_id = s.workspace_id AND v.name = s.release
WHERE s.workspace_id = %(workspace)s AND s.seen_at >= %(since)s AND s.started_at < %(until)s
AND (%(release)s::bigint IS NULL OR v.id = %(release)s)
AND (%(segment)s::bigint IS NULL OR s.contact_id IN (
  SELECT c.id FROM accounts_contact c JOIN accounts_account a ON a.id = c.account_id
  JOIN problems_segment g ON g.workspace_id = a.workspace_id AND g.name = a.plan
  WHERE g.id = %(segment)s))
"""

TRENDS = f"""
SELECT r.place_id, floor(extract(epoch FROM r.hour - %(since)s) / %(width)s)::int,
  sum(r.signals)::int
FROM problems_rate r WHERE {RATES} AND r.place_id = ANY(%(places)s) GROUP BY 1, 2
"""

KINDS = f"""
SELECT p.kind, floor(extract(epoch FROM r.hour - %(since)s) / %(width)s)::int, sum(r.signals)::int
FROM (SELECT place_id, hour, sum(signals) AS signals FROM problems_rate
  WHERE {RATES} GROUP BY 1, 2) r
JOIN problems_place p ON p.id = r.place_id AND p.kind <> '' GROUP BY 1, 2
"""

SEEN = f"""
SELECT p.page, r.sessions FROM (SELECT place_id, sum(sessions)::int AS sessions
  FROM problems_rate WHERE {RATES} GROUP BY 1) r
JOIN problems_place p ON p.id = r.place_id AND p.kind = ''
"""

PLACES = "SELECT id, kind, page, element, name FROM problems_place WHERE id = ANY(%(places)s)"

PAGES_HIT = f"""
SELECT page, count(*)::int FROM (SELECT DISTINCT h.session_id, p.page
  FROM (SELECT DISTINCT session_id, place_id FROM problems_hit WHERE {HITS}) h
  JOIN problems_place p ON p.id = h.place_id) s GROUP BY 1
"""
