"""Events as rows of PostgreSQL's binary COPY format: the cheapest way into the table.

Format: PostgreSQL documentation, "COPY", section "Binary Format". A row is the number of its
fields, then each field as a length and the type's wire form; -1 is NULL.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from struct import Struct
from typing import get_args

import msgspec

from vcsm.events.incoming import Incoming
from vcsm.events.kinds import Any as AnyEvent

COPY = """
COPY events_event
(workspace_id, session_id, sequence, received_at, position, kind, at, page, element, body)
FROM STDIN (FORMAT binary)
"""
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
_EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_NULL = b"\xff\xff\xff\xff"

_batch = Struct("!hiqi16siiiq").pack
"""Ten fields follow; workspace, session, sequence, received_at: what a batch's rows share."""
_position = Struct("!ih").pack
_moment = Struct("!iq").pack
_length = Struct("!i").pack
_json = Struct("!iB").pack

_encode = msgspec.json.Encoder().encode


def encode_rows(batches: Iterable[Incoming]) -> bytes:
    """All events of `batches` as one binary COPY stream for `COPY`'s columns."""
    out: list[bytes] = [_HEADER]
    put = out.append
    for batch in batches:
        context = batch.context
        received = microseconds(batch.received_at)
        offset = int(context.clock_offset * 1_000_000)
        session = context.session_id.bytes
        shared = _batch(
            10, 8, context.workspace_id, 16, session, 4, batch.sequence, 8, received - _EPOCH
        )
        for position, event in enumerate(batch.events):
            at = min(event.at * 1000 + offset, received) - _EPOCH
            element = getattr(event, "element", None)
            body = _encode(event)
            put(shared)
            put(_position(2, position))
            put(_KINDS[type(event)])
            put(_moment(8, at))
            put(_text(event.page))
            put(_NULL if element is None else _text(element.id))
            put(_json(len(body) + 1, 1))
            put(body)
    put(_TRAILER)
    return b"".join(out)


def microseconds(moment: datetime) -> int:
    """Since 1970, exactly."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def _text(value: str) -> bytes:
    data = value.encode()
    return _length(len(data)) + data


_KINDS = {kind: _text(str(kind.__struct_config__.tag)) for kind in get_args(AnyEvent)}
