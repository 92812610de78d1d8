"""Asks a session's widget for what it holds: stores a row, then sends a frame to its sockets."""

from datetime import datetime, timedelta
from uuid import UUID

from vcsm.events.models import Session
from vcsm.replay import broadcast
from vcsm.replay.models import ReplayAsk
from vcsm.replay.switch import is_on

PAUSE = timedelta(seconds=20)
"""Least time between two asks: sooner, the widget has hardly anything new."""
OPEN_FOR = timedelta(minutes=10)
"""Time after the latest ask in which replays are accepted: the widget may be offline or
reloading."""


def ask_for_replay(session: Session, now: datetime) -> bool:
    """Has the session's widget send its last minutes, once the running transaction has committed.

    Returns False, having done nothing, when the workspace does not record or the widget was asked a
    moment ago.
    """
    if not is_on(session.workspace_id):
        return False
    ask, made = ReplayAsk.objects.get_or_create(session=session, defaults={"asked_at": now})
    if not made:
        if ask.asked_at > now - PAUSE:
            return False
        ReplayAsk.objects.filter(session=session).update(asked_at=now)
    broadcast.replay_asked(session)
    return True


def is_asked(session_id: UUID, now: datetime) -> bool:
    """Returns whether a replay may come from the session now."""
    return ReplayAsk.objects.filter(session_id=session_id, asked_at__gt=now - OPEN_FOR).exists()
