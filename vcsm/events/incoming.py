"""A batch on its way to the disk, and the session it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from vcsm.events.kinds import Any as AnyEvent


@dataclass(slots=True)
class SessionContext:
    """What is known of the session a batch comes from; it changes when they are identified."""

    workspace_id: int
    session_id: UUID
    browser_id: UUID
    contact_id: int
    clock_offset: float
    """Seconds to add to the client's clock."""
    friction_settings: dict[str, object] = field(default_factory=dict)


class Incoming(Struct, frozen=True):
    """One batch as it came. Without events: one that was refused, noted as such, so that a widget
    that reconnects does not send it again."""

    context: SessionContext
    sequence: int
    events: Sequence[AnyEvent]
    received_at: datetime
    text: bytes = b""
    """A JSON array without escapes that decodes to these events; empty where there is none yet."""


class Packed(Struct, frozen=True):
    """A batch as it waits and is stored. Its events are kept as the text that is written: as
    objects thousands of them would wait at a time, and be cold when they are let go of."""

    context: SessionContext
    sequence: int
    received_at: datetime
    count: int
    """Of its events."""
    page: str
    """Of the last one."""
    events: bytes
    """A JSON array."""
