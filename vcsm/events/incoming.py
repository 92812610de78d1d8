"""The forms of a batch on its way to the database, and the session it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from vcsm.events.kinds import Any as AnyEvent


@dataclass(slots=True)
class SessionContext:
    """The session a batch comes from. `contact_id` changes when the contact is identified."""

    workspace_id: int
    session_id: UUID
    browser_id: UUID
    contact_id: int
    clock_offset: float
    """Seconds to add to the client's clock."""
    friction_settings: dict[str, object] = field(default_factory=dict)


class Incoming(Struct, frozen=True):
    """One batch as it was received. One without events stands for a refused batch: it is noted so
    that a widget that reconnects does not send it again."""

    context: SessionContext
    sequence: int
    events: Sequence[AnyEvent]
    received_at: datetime
    text: bytes = b""
    """JSON array without escapes that decodes to `events`; empty if they must still be encoded."""


class Packed(Struct, frozen=True):
    """A batch in the form in which it waits and is stored. Its events are kept as the text to be
    written: as objects, thousands would wait at a time, and be cold in the cache when freed."""

    context: SessionContext
    sequence: int
    received_at: datetime
    count: int
    """Number of events."""
    page: str
    """Page of the last event; empty if there are no events."""
    events: bytes
    """JSON array of the events."""
