"""Opening a session, and reading back what it stored."""

from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Max

from vcsm.accounts.models import Browser
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.models import Batch, Session

_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


class NotYours(Exception):
    """The session belongs to another browser or workspace."""


def open_session(
    *,
    session_id: UUID,
    browser: Browser,
    page: str,
    user_agent: str,
    release: str,
    now: datetime,
) -> tuple[Session, int]:
    """Finds or makes the session; returns it with the last batch stored of it (0: none)."""
    session, _ = Session.objects.get_or_create(
        id=session_id,
        defaults={
            "workspace_id": browser.workspace_id,
            "contact_id": browser.contact_id,
            "browser": browser,
            "started_at": now,
            "seen_at": now,
            "page": page,
            "user_agent": user_agent[:300],
            "release": release,
        },
    )
    if session.browser_id != browser.id:
        raise NotYours
    last = Batch.objects.filter(session=session).aggregate(last=Max("sequence"))["last"]
    return session, last or 0


def workspace_of_session(session_id: UUID) -> int:
    """Raises Session.DoesNotExist when it is gone."""
    return Session.objects.values_list("workspace_id", flat=True).get(id=session_id)


def decode_event(body: bytes | str) -> AnyEvent:
    return _decoder.decode(body)
