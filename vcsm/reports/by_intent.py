"""Friction by intent: how many of the sessions that were about an intent were hit."""

from vcsm.reports import friction_sql as sql
from vcsm.reports.asked import Asked
from vcsm.reports.friction_count import fetch
from vcsm.reports.held import named_of
from vcsm.reports.replica import reads_replica
from vcsm.reports.sections import MAX_ROWS, Row

# A correction says what was meant. A session counts once for each intent it was about.
_MEANT = f"""
WITH meant AS (
  SELECT DISTINCT k.session_id, coalesce(k.corrected_to_id, k.intent_id) AS intent_id
  FROM intent_capturedintent k
  JOIN events_session s ON s.id = k.session_id
  JOIN accounts_contact c ON c.id = s.contact_id
  LEFT JOIN accounts_account a ON a.id = c.account_id
  WHERE k.workspace_id = %(workspace)s AND k.at >= %(since)s AND k.at < %(until)s
    AND coalesce(k.corrected_to_id, k.intent_id) IS NOT NULL
    AND (k.corrected_to_id IS NOT NULL OR k.outcome = 'sure')
    AND (%(release_name)s::text IS NULL OR s.release = %(release_name)s)
    AND (%(segment_name)s::text IS NULL OR coalesce(a.plan, '') = %(segment_name)s)
), struck AS (
  SELECT h.session_id, sum(h.signals) AS signals FROM problems_hit h
  WHERE h.session_id IN (SELECT session_id FROM meant) AND h.{sql.HITS.strip()}
  GROUP BY h.session_id
)
SELECT i.title, count(k.session_id), coalesce(sum(k.signals), 0), count(*)
FROM meant m JOIN intent_intent i ON i.id = m.intent_id
LEFT JOIN struck k ON k.session_id = m.session_id
GROUP BY i.id, i.title ORDER BY 2 DESC, 4 DESC, i.title LIMIT %(most)s
"""


@reads_replica
def rows_by_intent(asked: Asked) -> list[Row]:
    """Returns, for each intent, the sessions surely about it (`seen`), those of them that met
    friction (`sessions`) and the signals they met (`times`); most sessions hit first."""
    named = named_of(asked) | {
        "segment_name": asked.segment,
        "release_name": asked.release,
        "most": MAX_ROWS,
    }
    return [
        Row(page="", what=title, sessions=sessions, times=times, seen=seen)
        for title, sessions, times, seen in fetch(_MEANT, named)
    ]
