"""The statements of `roll_up`, in the order it runs them. The database does all the counting."""

FIRST_EVENT = "SELECT min(started_at) FROM events_session WHERE workspace_id = %s"

TOUCHED = """
SELECT DISTINCT session_id FROM events_batchbody
WHERE workspace_id = %s AND received_at > %s AND received_at <= %s
"""

SESSIONS = """
CREATE TEMP TABLE counted_session ON COMMIT DROP AS
SELECT s.id, s.contact_id, c.account_id, coalesce(a.plan, '') AS segment, s.release, s.started_at,
  greatest(s.started_at, s.seen_at) AS latest
FROM events_session s
JOIN accounts_contact c ON c.id = s.contact_id
LEFT JOIN accounts_account a ON a.id = c.account_id
WHERE s.id = ANY(%(sessions)s) AND s.workspace_id = %(workspace)s
"""

SEGMENTS = """
INSERT INTO problems_segment (workspace_id, name)
SELECT DISTINCT %(workspace)s::bigint, segment FROM counted_session ON CONFLICT DO NOTHING
"""

RELEASES = """
INSERT INTO problems_release (workspace_id, name, first_at)
SELECT %(workspace)s, release, min(started_at) FROM counted_session GROUP BY release
ON CONFLICT DO NOTHING
"""

# A page's clock may be a day off, either way: its time counts only when it fits the moment of
# arrival.
SAW = """
CREATE TEMP TABLE counted_place ON COMMIT DROP AS
SELECT e.session_id, ''::text AS kind, e.page::text AS page, ''::text AS element,
  ''::text AS name, 0 AS signals, 0.0::float AS severity,
  min(CASE WHEN e.at > e.received_at - interval '6 hours' THEN least(e.at, e.received_at)
    ELSE e.received_at END) AS at,
  NULL::bigint AS place_id
FROM events_event e
WHERE e.session_id = ANY(%(sessions)s) AND e.workspace_id = %(workspace)s
  AND e.received_at > %(since)s AND e.received_at <= %(until)s AND e.kind = 'page'
GROUP BY e.session_id, e.page
UNION ALL
SELECT e.session_id, 'no_results', e.page, left(lower(btrim(e.body->>'query')), 64),
  left(e.body->>'query', 120), count(*), 0.5,
  min(CASE WHEN e.at > e.received_at - interval '6 hours' THEN least(e.at, e.received_at)
    ELSE e.received_at END), NULL
FROM events_event e
WHERE e.session_id = ANY(%(sessions)s) AND e.workspace_id = %(workspace)s
  AND e.kind = 'search' AND e.body->>'results' = '0'
GROUP BY e.session_id, e.page, left(lower(btrim(e.body->>'query')), 64), left(e.body->>'query', 120)
"""

# A signal's time from a clock that was set during the session is not believed either: the session's
# latest moment counts. A session also saw every page it was hit on, even when the page's event was
# lost.
STRUCK = """
INSERT INTO counted_place
SELECT f.session_id, f.kind, f.page,
  left(CASE f.kind
    WHEN 'failing_request' THEN coalesce(f.facts->>'method', '') || ' ' || (f.facts->>'route')
    WHEN 'stalled_step' THEN (f.facts->>'flow') || ' · ' || (f.facts->>'step')
    ELSE f.element END, 120) AS element,
  max(f.element_name), count(*), max(f.severity),
  CASE WHEN min(f.started_at) > min(s.started_at) - interval '6 hours'
      AND min(f.started_at) <= least(max(s.latest) + interval '6 hours', %(now)s)
    THEN min(f.started_at) ELSE least(max(s.latest), %(now)s) END, NULL
FROM friction_frictionsignal f JOIN counted_session s ON s.id = f.session_id
WHERE f.retracted_at IS NULL GROUP BY 1, 2, 3, 4;
DELETE FROM counted_place a USING counted_place b
WHERE a.ctid > b.ctid AND a.session_id = b.session_id AND a.kind = b.kind
  AND a.page = b.page AND a.element IS NOT DISTINCT FROM b.element;
INSERT INTO counted_place
SELECT f.session_id, '', f.page, '', '', 0, 0.0, min(f.at), NULL FROM counted_place f
WHERE f.kind <> '' AND NOT EXISTS (SELECT 1 FROM counted_place p
  WHERE p.session_id = f.session_id AND p.kind = '' AND p.page = f.page)
GROUP BY f.session_id, f.page
"""

# What arrived under a name that has been given up by now (open tabs, late events).
RENAMED = """
UPDATE counted_place n SET page = r.new FROM problems_renamed r
WHERE r.workspace_id = %(workspace)s AND r.what = 'page' AND r.old = n.page
  AND n.at < r.at + interval '1 day';
UPDATE counted_place n SET element = r.new FROM problems_renamed r
WHERE r.workspace_id = %(workspace)s AND r.what = 'element' AND r.page = n.page
  AND r.old = n.element AND n.at < r.at + interval '1 day'
"""

PLACES = """
INSERT INTO problems_place (workspace_id, kind, page, element, name, first_at)
SELECT %(workspace)s, n.kind, n.page, coalesce(n.element, ''), max(n.name), min(n.at)
FROM counted_place n
WHERE NOT EXISTS (SELECT 1 FROM problems_place p WHERE p.workspace_id = %(workspace)s
  AND p.kind = n.kind AND p.page = n.page AND p.element = coalesce(n.element, ''))
GROUP BY n.kind, n.page, coalesce(n.element, '')
ORDER BY min(n.at)
LIMIT greatest(0, %(most)s
  - (SELECT count(*) FROM problems_place WHERE workspace_id = %(workspace)s))
ON CONFLICT DO NOTHING
"""

COMMON_PLACES = """
UPDATE counted_place n SET place_id = p.id FROM problems_place p
WHERE p.workspace_id = %(workspace)s AND p.kind = n.kind AND p.page = n.page
  AND p.element = coalesce(n.element, '');
INSERT INTO problems_place (workspace_id, kind, page, element, name, first_at)
SELECT %(workspace)s, kind, '', '…', 'Too many to tell apart', min(at) FROM counted_place
WHERE place_id IS NULL GROUP BY kind ON CONFLICT DO NOTHING;
UPDATE counted_place n SET place_id = p.id, signals = -greatest(n.signals, 1)
FROM problems_place p
WHERE n.place_id IS NULL AND p.workspace_id = %(workspace)s AND p.kind = n.kind
  AND p.page = '' AND p.element = '…'
"""

RESOLVE = """
CREATE TEMP TABLE counted ON COMMIT DROP AS
SELECT n.place_id, n.session_id, n.kind, min(n.at) AS at, sum(abs(n.signals))::int AS signals,
  max(n.severity) AS severity, bool_or(n.signals < 0) AS crowded
FROM counted_place n GROUP BY n.place_id, n.session_id, n.kind
"""

VISITS = """
WITH fresh AS (
  INSERT INTO problems_pagevisit (place_id, session_id, at)
  SELECT place_id, session_id, at FROM counted WHERE kind = '' ON CONFLICT DO NOTHING
  RETURNING place_id, session_id, at
)
INSERT INTO problems_rate AS r
  (workspace_id, place_id, hour, segment_id, release_id, sessions, signals, severity)
SELECT %(workspace)s, f.place_id, date_trunc('hour', f.at), g.id, v.id, count(*), 0, 0
FROM fresh f JOIN counted_session s ON s.id = f.session_id
JOIN problems_segment g ON g.workspace_id = %(workspace)s AND g.name = s.segment
JOIN problems_release v ON v.workspace_id = %(workspace)s AND v.name = s.release
GROUP BY 2, 3, 4, 5
ON CONFLICT (place_id, hour, segment_id, release_id)
DO UPDATE SET sessions = r.sessions + excluded.sessions
"""

# A hit whose signals have been taken back leaves the rates again.
HITS = """
WITH new AS (
  SELECT c.*, s.contact_id, s.account_id, g.id AS segment_id, v.id AS release_id
  FROM counted c JOIN counted_session s ON s.id = c.session_id
  JOIN problems_segment g ON g.workspace_id = %(workspace)s AND g.name = s.segment
  JOIN problems_release v ON v.workspace_id = %(workspace)s AND v.name = s.release
  WHERE c.kind <> ''
), old AS (
  SELECT h.* FROM problems_hit h JOIN counted_session s ON s.id = h.session_id
), gone AS (
  DELETE FROM problems_hit h USING old o
  WHERE h.place_id = o.place_id AND h.session_id = o.session_id AND NOT EXISTS (
    SELECT 1 FROM new n WHERE n.place_id = o.place_id AND n.session_id = o.session_id)
  RETURNING h.place_id, h.session_id
), kept AS (
  INSERT INTO problems_hit AS h (workspace_id, place_id, session_id, contact_id, account_id,
    segment_id, release_id, at, signals, severity)
  SELECT %(workspace)s, place_id, session_id, contact_id, account_id, segment_id, release_id, at,
    signals, severity FROM new
  ON CONFLICT (place_id, session_id) DO UPDATE SET signals = excluded.signals,
    severity = excluded.severity, contact_id = excluded.contact_id,
    account_id = excluded.account_id
  RETURNING h.place_id, h.session_id, h.segment_id, h.release_id, h.at, h.signals, h.severity
), change AS (
  SELECT k.place_id, k.at, k.segment_id, k.release_id, (o.place_id IS NULL)::int AS sessions,
    k.signals - coalesce(o.signals, 0) AS signals,
    k.severity - coalesce(o.severity, 0) AS severity
  FROM kept k LEFT JOIN old o ON o.place_id = k.place_id AND o.session_id = k.session_id
  UNION ALL
  SELECT o.place_id, o.at, o.segment_id, o.release_id, -1, -o.signals, -o.severity
  FROM old o JOIN gone g ON g.place_id = o.place_id AND g.session_id = o.session_id
)
INSERT INTO problems_rate AS r
  (workspace_id, place_id, hour, segment_id, release_id, sessions, signals, severity)
SELECT %(workspace)s, place_id, date_trunc('hour', at), segment_id, release_id,
  sum(sessions), sum(signals), sum(severity)
FROM change GROUP BY 2, 3, 4, 5
HAVING sum(sessions) <> 0 OR sum(signals) <> 0 OR sum(severity) <> 0
ON CONFLICT (place_id, hour, segment_id, release_id) DO UPDATE SET
  sessions = r.sessions + excluded.sessions, signals = r.signals + excluded.signals,
  severity = r.severity + excluded.severity
"""

# The guards against counting a visit twice are dropped after some days; an import may come later.
RECALL = """
INSERT INTO problems_pagevisit (place_id, session_id, at)
SELECT p.id, %(session)s, min(seen.at) FROM (
  SELECT coalesce(r.new, e.page) AS page, e.at FROM events_event e
  LEFT JOIN problems_renamed r
    ON r.workspace_id = e.workspace_id AND r.what = 'page' AND r.old = e.page
  WHERE e.session_id = %(session)s AND e.workspace_id = %(workspace)s AND e.kind = 'page'
  UNION ALL
  SELECT q.page, h.at FROM problems_hit h JOIN problems_place q ON q.id = h.place_id
  WHERE h.session_id = %(session)s AND h.workspace_id = %(workspace)s
) seen
JOIN problems_place p ON p.workspace_id = %(workspace)s AND p.kind = '' AND p.element = ''
  AND p.page = seen.page
GROUP BY p.id ON CONFLICT DO NOTHING
"""

CROWDED = "SELECT count(*) FROM counted WHERE crowded"

DONE = "DROP TABLE counted, counted_place, counted_session"
