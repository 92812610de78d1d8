"""Learns which intent each way through a product implies, from sessions in which people asked."""

from datetime import datetime, timedelta

import msgspec
from django.db import connection

from vcsm.intent.models import Taxonomy
from vcsm.intent.paths import PathModel, Way, learn_paths, name_page
from vcsm.intent.signs import TRACK

HISTORY = timedelta(days=90)
MOST = 3_000

# Only the first ask of each session: later steps may follow from the answer to it.
_WAYS = """
WITH asked AS (
  SELECT DISTINCT ON (session_id) session_id, at, coalesce(corrected_to_id, intent_id) AS intent_id
  FROM intent_capturedintent
  WHERE workspace_id = %s AND source = 'asked' AND session_id IS NOT NULL AND at >= %s
    AND (corrected_at IS NOT NULL OR outcome = 'sure')
  ORDER BY session_id, at LIMIT %s
)
SELECT a.session_id, a.intent_id, e.kind, e.page, e.body->>'name'
FROM asked a JOIN events_event e ON e.session_id = a.session_id
  AND e.kind IN ('page', 'track') AND e.at < a.at
WHERE a.intent_id IS NOT NULL
ORDER BY a.session_id, e.sequence, e.position
"""


def learn_ways(*, workspace_id: int, now: datetime) -> PathModel:
    """Learns the model and stores it; the same history gives the same model."""
    steps: dict[object, list[str]] = {}
    meant: dict[object, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WAYS, (workspace_id, now - HISTORY, MOST))
        for session_id, intent_id, kind, page, name in cursor.fetchall():
            meant[session_id] = str(intent_id)
            step = f"{TRACK}{name}" if kind == "track" else name_page(page)
            steps.setdefault(session_id, []).append(step)
    model = learn_paths(Way(tuple(own), meant[session]) for session, own in steps.items())
    Taxonomy.objects.filter(pk=workspace_id).update(paths=msgspec.to_builtins(model))
    return model
