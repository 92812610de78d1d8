"""The frames that a console page sends over its socket."""

from typing import Any
from uuid import UUID

import msgspec

MAX_FRAME = 4_096


class Typing(msgspec.Struct, frozen=True, tag="typing", tag_field="what"):
    """The member is typing, or has stopped."""

    conversation: UUID
    on: bool


class Looking(msgspec.Struct, frozen=True, tag="looking", tag_field="what"):
    """The page shows this escalation, or with None no escalation."""

    escalation: UUID | None


class WatchSetup(msgspec.Struct, frozen=True, tag="watch_setup", tag_field="what"):
    """A set-up page waits for a first event, or no longer does."""

    on: bool


Frame = Typing | Looking | WatchSetup
_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Frame)


def parse_frame(text: str | None) -> Frame:
    """Reads a frame. Raises ValueError for anything else or more than MAX_FRAME characters."""
    if text is None or len(text) > MAX_FRAME:
        raise ValueError("not a text frame of a sensible size")
    frame: Frame = _DECODER.decode(text)
    return frame
