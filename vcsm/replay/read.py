"""What is stored of a session, in order."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vcsm.replay.models import ReplayChunk


@dataclass(frozen=True, slots=True)
class ReplaySpan:
    """How much of a session is stored."""

    chunks: int
    events: int
    bytes: int
    started_at: datetime
    ended_at: datetime


def read_span(session_id: UUID) -> ReplaySpan | None:
    """None when nothing is stored."""
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
    """The chunk with the lowest number above `after`, or None at the end."""
    return (
        ReplayChunk.objects.filter(session_id=session_id, sequence__gt=after)
        .order_by("sequence")
        .first()
    )
