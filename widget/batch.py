"""Reads batches, a thousand times as frequent as any other frame, and keeps the text they came in.

In a batch as `JSON.stringify` writes it, everything between its head and the last brace is the list
of events, provided it decodes as one list. So that text can be stored instead of one written anew
from the events. A batch in any other form is read like all other frames.
"""

import re
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from vcsm.events.kinds import Any as AnyEvent
from widget.protocol import MAX_EVENTS, MAX_FRAME, Events, FromWidget, parse_frame

_HEAD = re.compile(r'\{"type":"events","sequence":([1-9][0-9]{0,8}),"events":')
_decode = msgspec.json.Decoder(
    Annotated[list[AnyEvent], Meta(min_length=1, max_length=MAX_EVENTS)]
).decode
_SURELY_WITHIN = MAX_FRAME // 4
"""A text of so many characters never takes more than MAX_FRAME bytes in UTF-8."""


class Batch(Struct, frozen=True):
    """An `events` frame. `text` is its list of events as it came, in UTF-8 and without escapes;
    empty if the frame came in another form."""

    sequence: int
    events: Sequence[AnyEvent]
    text: bytes = b""


def read_frame(text: str) -> FromWidget | Batch:
    """Reads a frame as `parse_frame` does, but returns a batch as `Batch`; raises `Refused`."""
    if batch := _read_as_written(text):
        return batch
    frame = parse_frame(text)
    return Batch(frame.sequence, frame.events) if isinstance(frame, Events) else frame


def _read_as_written(text: str) -> Batch | None:
    """Returns None if the frame has another form or is wrong: then `parse_frame` reads it."""
    head = _HEAD.match(text)
    if head is None or text[-1] != "}" or len(text) > _SURELY_WITHIN or "\\" in text:
        return None  # an escape may be half a surrogate pair, or NUL
    try:
        events = text[head.end() : -1].encode()
        return Batch(int(head[1]), _decode(events), events)
    except (ValueError, RecursionError):
        return None
