"""The frame that comes a thousand times as often as any other: a batch, whose text is what is kept.

In the form in which `JSON.stringify` writes it, all between its head and the last brace is the list
of events if it decodes as one list. So the text that came can be stored, instead of another that is
written anew from the events. Every other form of the same frame, and what PostgreSQL would not read
back, goes the way of all frames, and its events are written anew.
"""

import re
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from vcsm.events.kinds import Any as AnyEvent
from widget.protocol import MAX_EVENTS, Events, FromWidget, parse_frame

_HEAD = re.compile(r'\{"type":"events","sequence":([1-9][0-9]{0,8}),"events":')
_decode = msgspec.json.Decoder(
    Annotated[list[AnyEvent], Meta(min_length=1, max_length=MAX_EVENTS)]
).decode

# `jsonb` keeps numbers as numeric, which has no more than 16,383 digits behind the point and takes
# no exponent above 2^30: what a float reads as nothing breaks a query. In so short a text only an
# exponent says so much, below 1e-999 or of a zero. Each pattern begins with a character of its own
# because the search for one is ten times as fast as for a class.
_MAX_KEPT = 15_000
_TOO_FINE = re.compile(r"-(?<=[0-9][eE]-)[0-9]{4}")
_TOO_LARGE_A_ZERO = re.compile(r"0[eE]\+?[0-9]{10}")


class Batch(Struct, frozen=True):
    """An `events` frame. `text`: its list of events as it came, in UTF-8, if that can be stored as
    it is; else empty."""

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
    if head is None or text[-1] != "}" or not _can_be_kept(text):
        return None
    try:
        events = text[head.end() : -1].encode()
        return Batch(int(head[1]), _decode(events), events)
    except (ValueError, RecursionError):
        return None


def _can_be_kept(text: str) -> bool:
    """Without escapes there is neither NUL nor half a surrogate pair in it."""
    return (
        len(text) <= _MAX_KEPT
        and "\\" not in text
        and not _TOO_FINE.search(text)
        and not _TOO_LARGE_A_ZERO.search(text)
    )
