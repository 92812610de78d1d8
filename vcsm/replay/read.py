"""Reads what is stored of a session, in order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vcsm.replay.models import ReplayChunk


@dataclass(frozen=True, slots=True)
class ReplaySpan:
    """How much of a session is stored: counts, bytes, and its time by our clock."""

    chunks: int
    events: int
    bytes: int
    started_at: datetime
    ended_at: datetime


def read_span(session_id: UUID) -> ReplaySpan | None:
    """Returns how much of the session is stored; None when nothing is."""
    rows = list(
        ReplayChunk.objects.filter(session_id=session_id).values_list(
            "events", "size", "started_at", "ended_at"
        )
    )
    if not rows:
        return None
    return ReplaySpan(
        chunks=len(rows),
        events=sum(row[0] for row in rows),
        bytes=sum(row[1] for row in rows),
        started_at=min(row[2] for row in rows),
        ended_at=max(row[3] for row in rows),
    )


def next_chunk(*, session_id: UUID, after: int) -> ReplayChunk | None:
    """Returns the chunk with the lowest number above `after`, or None at the end."""
    return (
        ReplayChunk.objects.filter(session_id=session_id, sequence__gt=after)
        .order_by("sequence")
        .first()
    )
