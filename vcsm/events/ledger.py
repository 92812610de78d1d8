"""Writes a group of batches to the database: one statement, one round trip, one commit.

A batch's ledger row and its events are written together or not at all. The writer assumes that
every batch is new, which is nearly always so: a batch stored already violates the ledger's key, the
statement fails, and `stored_of` tells which batch it was.

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

# Each session is updated once, with the page of its last batch. A session that is missing has been
# erased: then the division by zero undoes all that the statement wrote.
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
"""Run it after a read, as a transaction of its own: once it returns, what was read cannot be lost.
A commit interrupted while waiting for the standby is visible on the leader and would be lost with
it. This writes a message behind that commit into the log and waits for the standby to have it."""

_EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
_INT4, _INT8, _TEXT, _TIMESTAMPTZ, _UUID = 23, 20, 25, 1184, 2950
_head = Struct("!iiIii").pack
_int4, _int8, _length = Struct("!ii").pack, Struct("!iq").pack, Struct("!i").pack
_uuid = Struct("!i16s").pack

_encode = msgspec.json.Encoder().encode
# The escape of NUL, after an even number of backslashes: PostgreSQL cannot read it back.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
# Nor can it read a number with more than 16,383 digits after the point or an exponent above 2^30,
# which a float reads as zero. In so short a text only an exponent can cause either: one below -999,
# or a huge one after a zero. Each pattern begins with a single character, because searching for one
# is ten times as fast as for a class.
_SHORT = 15_000
_TOO_FINE = re.compile(rb"-(?<=[0-9][eE]-)[0-9]{4}")
_TOO_LARGE_A_ZERO = re.compile(rb"0[eE]\+?[0-9]{10}")

Key = tuple[UUID, int]
"""Session and sequence, which identify a batch."""
Statement = tuple[bytes, tuple[str, ...]]
"""SQL and its parameters."""


class NotText(ValueError):
    """The events contain a character that PostgreSQL's text cannot hold."""


class _Column(bytes):
    """One column of a group, as an array in PostgreSQL's binary form."""


class _ColumnDumper(Dumper):
    format = Format.BINARY
    oid = 0  # the statement casts each column to its type

    def dump(self, obj: _Column) -> bytes:
        return obj


psycopg.adapters.register_dumper(_Column, _ColumnDumper)


def pack(batch: Incoming) -> Packed:
    """Returns the batch with its events as the text to be stored; raises `NotText`."""
    events = batch.events
    text = batch.text if _can_be_kept(batch.text) else _write(events)
    page = events[-1].page if events else ""
    return Packed(batch.context, batch.sequence, batch.received_at, len(events), page, text)


def _can_be_kept(text: bytes) -> bool:
    """Tells whether PostgreSQL reads this text back as the same events."""
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
    """Stores `batches` and runs `beside`; when this raises, neither has happened.

    Raises psycopg's UniqueViolation if a batch is stored already (or twice among `batches`), and
    DataError if a session is gone or PostgreSQL does not accept the contents. `connection` must be
    in autocommit: everything is one transaction and round trip, committed when this returns.
    """
    columns = _columns(batches)
    try:
        # Whatever has been sent when a pipeline ends is committed as one transaction, so nothing
        # but sending may fail inside.
        with connection.pipeline() if beside else nullcontext():
            psycopg.RawCursor(connection).execute(_STORE, columns, prepare=True)
            if beside:
                connection.execute(*beside, prepare=True)
    except DivisionByZero as error:
        raise psycopg.DataError("its session has been erased") from error


def stored_of(connection: psycopg.Connection, keys: Sequence[Key]) -> set[Key]:
    """Returns the keys of those batches that are stored already and can no longer be lost."""
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
    """Returns an array of type `kind`; each element consists of `each` consecutive `items`."""
    return _Column(b"".join((_head(1, 0, kind, len(items) // each, 1), *items)))


def _uuids(items: Iterable[bytes]) -> _Column:
    return _array(_UUID, [_uuid(16, item) for item in items])


def _moments(items: Iterable[int]) -> _Column:
    return _array(_TIMESTAMPTZ, [_int8(8, item) for item in items])


def _texts(items: Iterable[bytes]) -> _Column:
    return _array(_TEXT, [piece for item in items for piece in (_length(len(item)), item)], each=2)


def _microseconds(moment: datetime) -> int:
    """Returns the microseconds since 1970, without rounding."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond
