"""Tells a session's widget, after commit, to send what it has recorded."""

from typing import Any
from uuid import UUID

from vcsm.core.live import browser_group, publish_on_commit
from vcsm.events.models import Session


def replay_frame(session_id: UUID) -> dict[str, Any]:
    """All tabs of a browser hear it; the session says which of them is meant."""
    return {"type": "replay", "session": str(session_id)}


def replay_asked(session: Session) -> None:
    publish_on_commit(browser_group(session.browser_id), replay_frame(session.id))
