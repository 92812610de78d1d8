"""Stores a chunk, once, of a session that was asked for it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum

from vcsm.events.models import Session
from vcsm.replay.ask import OPEN_FOR
from vcsm.replay.models import ReplayAsk, ReplayChunk, ReplaySwitch
from vcsm.replay.unpack import Unpacked

MAX_CHUNKS = 200
MAX_BYTES = 24 * 1024 * 1024
"""Chunks and bytes per session: a page that is asked again and again must not fill the disk."""


class NotAccepted(Exception):
    """Raised when nothing is accepted from this session; `code` says why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def check_welcome(
    *, session_id: UUID, browser_id: UUID, workspace_id: int, now: datetime
) -> Session:
    """Returns the session, if a chunk of it from that browser would be accepted now.

    Raises `NotAccepted`: `wrong_session` (unknown, or another browser's or workspace's),
    `replay_off`, `not_asked`.
    """
    session = Session.objects.filter(
        id=session_id, browser_id=browser_id, workspace_id=workspace_id
    ).first()
    if session is None:
        raise NotAccepted("wrong_session", "No such session of this browser.")
    if not ReplaySwitch.objects.filter(workspace_id=workspace_id).exists():
        raise NotAccepted("replay_off", "This workspace does not record.")
    if not ReplayAsk.objects.filter(session=session, asked_at__gt=now - OPEN_FOR).exists():
        raise NotAccepted("not_asked", "Nobody has asked for a replay of this session.")
    return session


@transaction.atomic
def store_chunk(
    *, session: Session, sequence: int, chunk: Unpacked, offset_ms: int, now: datetime
) -> bool:
    """Stores a chunk; returns False when it was stored before. Raises `NotAccepted` (`full`)."""
    # Chunks of one session are stored one after the other, so that the sums below hold.
    ReplayAsk.objects.select_for_update().get(session=session)
    held = ReplayChunk.objects.filter(session=session)
    if held.filter(sequence=sequence).exists():
        return False
    sums = held.aggregate(chunks=Count("pk"), bytes=Sum("size"))
    if sums["chunks"] >= MAX_CHUNKS or (sums["bytes"] or 0) + len(chunk.packed) > MAX_BYTES:
        raise NotAccepted("full", "As much as is kept of one session is stored already.")
    ReplayChunk.objects.create(
        session=session,
        sequence=sequence,
        started_at=_ours(chunk.first, offset_ms),
        ended_at=_ours(chunk.last, offset_ms),
        offset_ms=offset_ms,
        events=chunk.events,
        size=len(chunk.packed),
        body=chunk.packed,
        received_at=now,
    )
    return True


def _ours(browser_ms: int, offset_ms: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=browser_ms + offset_ms)
