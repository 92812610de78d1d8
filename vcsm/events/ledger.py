"""Batches into the database: one statement, one round trip, one commit for a whole group.

The ledger's row and the events of a batch are written together, or neither is. Whoever writes
hopes that every batch is new, which is nearly always so: a batch that is there already breaks the
ledger's key and with it the statement, and `stored_of` says which it was.

The columns travel as binary arrays (PostgreSQL: `array_send` in arrayfuncs.c): number of
dimensions, whether there are NULLs, the elements' type, their number, the first index; then each
element as a length and its type's wire form. psycopg's own lists took twenty times as long.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from struct import Struct
from uuid import UUID

import msgspec
import psycopg
from psycopg.adapt import Dumper
from psycopg.errors import DivisionByZero
from psycopg.pq import Format

from vcsm.events.incoming import Incoming, Packed
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.sessions import decode_events

# Each session is touched once, with its last batch's page. One that is not there any more has been
# erased: the division by zero takes back what the statement wrote.
_STORE = b"""
WITH entered AS (
 INSERT INTO events_batch (session_id, sequence, events, received_at)
 SELECT * FROM unnest($2::uuid[], $3::int[], $6::int[], $4::timestamptz[])
), kept AS (
 INSERT INTO events_batchbody
 (workspace_id, session_id, sequence, received_at, clock_offset, events)
 SELECT workspace, session, sequence, received, clock_offset, events
 FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::timestamptz[], $5::bigint[], $6::int[],
  $7::text[]) AS given(workspace, session, sequence, received, clock_offset, count, events)
 WHERE count > 0
), seen AS (
 UPDATE events_session AS s SET seen_at = greatest(s.seen_at, n.at), page = n.page
 FROM unnest($8::uuid[], $9::timestamptz[], $10::text[]) AS n(id, at, page)
 WHERE s.id = n.id RETURNING 1
)
SELECT 1 / (count(*) = cardinality($8::uuid[]))::int FROM seen
"""
_STORED = """
SELECT b.session_id, b.sequence FROM events_batch b
JOIN unnest(%s::uuid[], %s::int[]) AS asked(session_id, sequence) USING (session_id, sequence)
"""

STANDS = "SELECT pg_logical_emit_message(true, 'vcsm', '')"
"""Run after something was read, as a transaction of its own: when it returns, what was read cannot
be taken back. A commit that is broken off while it waits for the standby can be seen on the leader
and is lost with it; this writes a word behind it into the log, and waits until that is there."""

_EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_INT4, _INT8, _TEXT, _TIMESTAMPTZ, _UUID = 23, 20, 25, 1184, 2950
_head = Struct("!iiIii").pack
_int4, _int8, _length = Struct("!ii").pack, Struct("!iq").pack, Struct("!i").pack
_uuid = Struct("!i16s").pack

_encode = msgspec.json.Encoder().encode
# The escape of NUL, behind an even number of backslashes: PostgreSQL can not read it back.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
# Nor numbers with more than 16,383 digits behind the point or an exponent above 2^30, which a float
# reads as nothing. In so short a text only an exponent says so much: below 1e-999, or of a zero.
# Each begins with one character because looking for that is ten times as fast as for a class.
_SHORT = 15_000
_TOO_FINE = re.compile(rb"-(?<=[0-9][eE]-)[0-9]{4}")
_TOO_LARGE_A_ZERO = re.compile(rb"0[eE]\+?[0-9]{10}")

Key = tuple[UUID, int]
"""Session and sequence: what a batch is known by."""
Statement = tuple[bytes, tuple[str, ...]]
"""SQL and its parameters."""


class NotText(ValueError):
    """The events hold what PostgreSQL's text cannot."""


class _Column(bytes):
    """One column of a group, as an array in PostgreSQL's binary form."""


class _ColumnDumper(Dumper):
    format = Format.BINARY
    oid = 0  # the statement says what each is

    def dump(self, obj: _Column) -> bytes:
        return obj


psycopg.adapters.register_dumper(_Column, _ColumnDumper)


def pack(batch: Incoming) -> Packed:
    """The batch with its events as they are stored; raises `NotText`."""
    events = batch.events
    text = batch.text if _can_be_kept(batch.text) else _write(events)
    page = events[-1].page if events else ""
    return Packed(batch.context, batch.sequence, batch.received_at, len(events), page, text)


def _can_be_kept(text: bytes) -> bool:
    """Whether PostgreSQL reads this text back as the same events."""
    return (
        0 < len(text) <= _SHORT
        and not _TOO_FINE.search(text)
        and not _TOO_LARGE_A_ZERO.search(text)
    )


def _write(events: Sequence[AnyEvent]) -> bytes:
    text = _encode(events)
    if b"\\" in text and _NUL.search(text):
        raise NotText("it holds the character NUL")
    return text


def unpack(packed: Packed) -> Incoming:
    events = decode_events(packed.events)
    return Incoming(packed.context, packed.sequence, events, packed.received_at)


def store(
    connection: psycopg.Connection,
    batches: Sequence[Packed],
    *,
    beside: Statement | None = None,
) -> None:
    """Writes batches, and what `beside` writes; none of it, when this raises.

    Raises psycopg's UniqueViolation when a batch is stored already (or twice among `batches`) and
    DataError when a session is gone or PostgreSQL does not take what is in them. `connection` must
    be in autocommit: all is one transaction, one round trip, and committed when this returns.
    """
    columns = _columns(batches)
    try:
        # What is sent in a pipeline up to its end is a transaction of its own, so nothing but
        # sending may go wrong inside.
        with connection.pipeline() if beside else nullcontext():
            psycopg.RawCursor(connection).execute(_STORE, columns, prepare=True)
            if beside:
                connection.execute(*beside, prepare=True)
    except DivisionByZero as error:
        raise psycopg.DataError("its session has been erased") from error


def stored_of(connection: psycopg.Connection, keys: Sequence[Key]) -> set[Key]:
    """Which of these batches are stored already, for good."""
    asked = ([session for session, _ in keys], [sequence for _, sequence in keys])
    found = {(session, sequence) for session, sequence in connection.execute(_STORED, asked)}
    connection.execute(STANDS)
    return found


def _columns(batches: Sequence[Packed]) -> list[_Column]:
    contexts = [batch.context for batch in batches]
    sessions = [context.session_id.bytes for context in contexts]
    received = [_microseconds(batch.received_at) - _EPOCH for batch in batches]
    last = {
        session: (at, batch.page.encode())
        for session, at, batch in zip(sessions, received, batches, strict=True)
        if batch.count
    }
    return [
        _array(_INT8, [_int8(8, context.workspace_id) for context in contexts]),
        _uuids(sessions),
        _array(_INT4, [_int4(4, batch.sequence) for batch in batches]),
        _moments(received),
        _array(_INT8, [_int8(8, int(c.clock_offset * 1_000_000)) for c in contexts]),
        _array(_INT4, [_int4(4, batch.count) for batch in batches]),
        _texts([batch.events for batch in batches]),
        _uuids(last),
        _moments([at for at, _ in last.values()]),
        _texts([page for _, page in last.values()]),
    ]


def _array(kind: int, items: Sequence[bytes], *, each: int = 1) -> _Column:
    """`items` are the elements, each in `each` pieces."""
    return _Column(b"".join((_head(1, 0, kind, len(items) // each, 1), *items)))


def _uuids(items: Iterable[bytes]) -> _Column:
    return _array(_UUID, [_uuid(16, item) for item in items])


def _moments(items: Iterable[int]) -> _Column:
    return _array(_TIMESTAMPTZ, [_int8(8, item) for item in items])


def _texts(items: Iterable[bytes]) -> _Column:
    return _array(_TEXT, [piece for item in items for piece in (_length(len(item)), item)], each=2)


def _microseconds(moment: datetime) -> int:
    """Since 1970, exactly."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond
