"""What the friction report asks the database beside its columns: roll-ups, never events."""

_WHERE = """
workspace_id = %(workspace)s AND {at} >= %(since)s AND {at} < %(until)s
AND (%(segment)s::bigint IS NULL OR segment_id = %(segment)s)
AND (%(release)s::bigint IS NULL OR release_id = %(release)s)
"""
HITS = _WHERE.format(at="at")

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
