"""How far a session's events have been searched for implied intents, and which come next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from vcsm.events import kinds
from vcsm.events.sessions import decode_event
from vcsm.intent.models import ImpliedCursor
from vcsm.intent.paths import name_page
from vcsm.intent.signs import TRACK

AT_ONCE, BATCHES = 60, 40
"""Events looked at in one call, and batches searched for them; the rest waits for the next call."""
IN_PASSING = 12
"""Events looked at just before a decision: more than a person causes between two looks."""
WAY = 200
"""Steps read of a session, at most."""

Place = tuple[int, int]
"""Sequence and position of an event in its session."""
LAST_POSITION = 32_767

# Locks the row whether it exists or is made now, so that two callers wait for each other.
_CURSOR = """
INSERT INTO intent_impliedcursor AS held (session_id, sequence, position) VALUES (%s, 0, -1)
ON CONFLICT (session_id) DO UPDATE SET sequence = held.sequence RETURNING sequence, position
"""
# Reads only the next batches: a visit of hours has thousands, and each event that is looked at is
# taken out of its batch's JSON.
_NEW = """
WITH next AS (
  SELECT max(sequence) AS upto FROM (
    SELECT sequence FROM events_batchbody
    WHERE session_id = %(session)s AND sequence >= %(sequence)s ORDER BY sequence LIMIT %(batches)s
  ) batches
)
SELECT next.upto, event.* FROM next LEFT JOIN LATERAL (
  SELECT sequence, position, at, body::text FROM events_event
  WHERE session_id = %(session)s AND sequence BETWEEN %(sequence)s AND next.upto
    AND (sequence, position) > (%(sequence)s, %(position)s)
    AND kind IN ('search', 'track', 'page')
  ORDER BY sequence, position LIMIT %(events)s
) event ON true
"""
_STEPS = """
SELECT kind, page, body->>'name' FROM events_event
WHERE session_id = %s AND kind IN ('track', 'page') AND (sequence, position) <= (%s, %s)
ORDER BY sequence DESC, position DESC LIMIT %s
"""
_WAITING = """
SELECT s.id FROM events_session s
LEFT JOIN intent_impliedcursor c ON c.session_id = s.id
WHERE s.seen_at >= %s AND EXISTS (
  SELECT FROM events_event e WHERE e.session_id = s.id
    AND e.sequence >= coalesce(c.sequence, 0)
    AND (e.sequence, e.position) > (coalesce(c.sequence, 0), coalesce(c.position, -1))
    AND e.kind IN ('search', 'track', 'page')
)
ORDER BY s.seen_at DESC LIMIT %s
"""


@dataclass(frozen=True)
class Seen:
    sequence: int
    position: int
    at: datetime
    event: kinds.Any


def take_next(session_id: UUID, at_most: int = AT_ONCE) -> list[Seen]:
    """Returns the next events that may imply something and marks them as looked at.

    Call it in a transaction: two callers wait for each other.
    """
    before = _lock_cursor(session_id)
    fresh, after = _read_next(session_id, before, at_most)
    if after > before:
        ImpliedCursor.objects.filter(pk=session_id).update(sequence=after[0], position=after[1])
    return fresh


def waiting_sessions(*, since: datetime, at_most: int) -> list[UUID]:
    """Returns sessions seen since then that have events not yet looked at, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, (since, at_most))
        return [session_id for (session_id,) in cursor.fetchall()]


def read_steps(session_id: UUID, upto: tuple[int, int]) -> tuple[str, ...]:
    """Returns the latest pages and tracked events of a session as steps of a way, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, (session_id, *upto, WAY))
        rows = cursor.fetchall()[::-1]
    return tuple(
        f"{TRACK}{name}" if kind == "track" else name_page(page) for kind, page, name in rows
    )


def _lock_cursor(session_id: UUID) -> Place:
    """Locks the cursor and returns the place of the event looked at last."""
    with connection.cursor() as cursor:
        cursor.execute(_CURSOR, [session_id])
        sequence, position = cursor.fetchone()
    return sequence, position


def _read_next(session_id: UUID, after: Place, at_most: int) -> tuple[list[Seen], Place]:
    """Returns up to `at_most` events that may imply something, and the place searched up to."""
    asked: dict[str, Any] = {
        "session": session_id,
        "sequence": after[0],
        "position": after[1],
        "batches": BATCHES,
        "events": at_most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEW, asked)
        rows = cursor.fetchall()
    upto = rows[0][0]
    fresh = [
        Seen(sequence, position, at, decode_event(body))
        for _, sequence, position, at, body in rows
        if sequence is not None
    ]
    last = (fresh[-1].sequence, fresh[-1].position) if fresh else after
    if upto is None or len(fresh) == at_most:
        return fresh, last
    # The last batch is looked at again: events that came one by one may still be added to it.
    return fresh, max(last, (upto - 1, LAST_POSITION))
