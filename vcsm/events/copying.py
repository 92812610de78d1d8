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
FIRST = b"PGCOPY\n\xff\r\n\0" + bytes(8)
"""What a stream of rows begins with."""
LAST = b"\xff\xff"
_EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_NULL = b"\xff\xff\xff\xff"

_batch = Struct("!hiqi16siiiq").pack
"""Ten fields follow; workspace, session, sequence, received_at: what a batch's rows share."""
_position = Struct("!ih").pack
_moment = Struct("!iq").pack
_length = Struct("!i").pack
_json = Struct("!iB").pack

_encode = msgspec.json.Encoder().encode


class _Texts(dict[str, bytes]):
    """Texts as fields. Pages and elements come again and again; what is new is packed once."""

    LIMIT = 5_000

    def __missing__(self, text: str) -> bytes:
        if len(self) > self.LIMIT:
            self.clear()
        data = text.encode()
        self[text] = _length(len(data)) + data
        return self[text]


_texts = _Texts()
_positions = [_position(2, position) for position in range(1_000)]


def encode_rows(batches: Iterable[Incoming]) -> bytes:
    """All events of `batches` as one binary COPY stream for `COPY`'s columns."""
    return b"".join((FIRST, *map(pack_batch, batches), LAST))


def pack_batch(batch: Incoming) -> bytes:
    """The rows of one batch; a stream is `FIRST`, any number of these, and `LAST`."""
    context = batch.context
    received = microseconds(batch.received_at)
    offset = int(context.clock_offset * 1_000_000)
    session, to_ours, latest = context.session_id.bytes, offset - _EPOCH, received - offset
    shared = _batch(
        10, 8, context.workspace_id, 16, session, 4, batch.sequence, 8, received - _EPOCH
    )
    out: list[bytes] = []
    for position, event in enumerate(batch.events):
        kind, has_element = _KINDS[type(event)]
        element = event.element if has_element else None  # type: ignore[union-attr]
        at = event.at * 1000
        body = _encode(event)
        out += (
            shared,
            _positions[position],
            kind,
            _moment(8, (at if at < latest else latest) + to_ours),  # nothing is in the future
            _texts[event.page],
            _NULL if element is None else _texts[element.id],
            _json(len(body) + 1, 1),
            body,
        )
    return b"".join(out)


def microseconds(moment: datetime) -> int:
    """Since 1970, exactly."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


_KINDS = {
    kind: (_texts[str(kind.__struct_config__.tag)], "element" in kind.__struct_fields__)
    for kind in get_args(AnyEvent)
}
"""Of each type of event: its name as a field, and whether it has an element."""
