"""The frame that comes a thousand times as often as any other: a batch, whose text is what is kept.

In the form in which `JSON.stringify` writes it, all between its head and the last brace is the list
of events if it decodes as one list. So the text that came can be stored, instead of another that is
written anew from the events. Every other form of the same frame goes the way of all frames.
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
"""Characters: no more than MAX_FRAME bytes, whatever they are."""


class Batch(Struct, frozen=True):
    """An `events` frame. `text`: its list of events as it came, in UTF-8 and without any escape;
    empty where it came in another form."""

    sequence: int
    events: Sequence[AnyEvent]
    text: bytes = b""


def read_frame(text: str) -> FromWidget | Batch:
    """What `parse_frame` makes of `text`, with a batch as `Batch`; raises `Refused` as it does."""
    if batch := _read_as_written(text):
        return batch
    frame = parse_frame(text)
    return Batch(frame.sequence, frame.events) if isinstance(frame, Events) else frame


def _read_as_written(text: str) -> Batch | None:
    """None: it has another form, or something is wrong, and `parse_frame` says what."""
    head = _HEAD.match(text)
    if head is None or text[-1] != "}" or len(text) > _SURELY_WITHIN or "\\" in text:
        return None  # an escape may be half a surrogate pair, or NUL
    try:
        events = text[head.end() : -1].encode()
        return Batch(int(head[1]), _decode(events), events)
    except (ValueError, RecursionError):
        return None
