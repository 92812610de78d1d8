"""Tells a session's widget, after commit, to send what it has recorded."""

from typing import Any
from uuid import UUID

from vcsm.core.live import browser_group, publish_on_commit
from vcsm.events.models import Session


def replay_frame(session_id: UUID) -> dict[str, Any]:
    """Returns the frame that asks; all tabs of the browser hear it, and it names the session."""
    return {"type": "replay", "session": str(session_id)}


def replay_asked(session: Session) -> None:
    publish_on_commit(browser_group(session.browser_id), replay_frame(session.id))
