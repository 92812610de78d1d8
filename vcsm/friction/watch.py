"""Feeds the detectors of every live session as its events come, and stores what they find in the
transaction that stores the events.

Detector state lives in the web process and is only ever a cache of the stored events: after a
reconnect to another process, a restart or a failed commit it is rebuilt by replaying them.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import psycopg

from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.sessions import decode_event
from vcsm.friction.reactions import Reactions
from vcsm.friction.session import SessionFriction
from vcsm.friction.signal import Signal
from vcsm.friction.thresholds import FrictionSettings

log = logging.getLogger(__name__)

MAX_SESSIONS = 20_000
"""Live sessions remembered by one process; the least recently active is rebuilt when it is back."""

_HISTORY = """
SELECT sequence, position, body::text FROM events_event
WHERE session_id = %s AND sequence < %s ORDER BY sequence, position
"""
_UPSERT = """
INSERT INTO friction_frictionsignal AS s
(id, workspace_id, session_id, contact_id, kind, key, element, element_name, page, severity,
 count, started_at, last_at, evidence, facts, retracted_at, revision, reacted_revision)
SELECT gen_random_uuid(), n.*, 1, 0 FROM unnest(
 %s::bigint[], %s::uuid[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[],
 %s::text[], %s::float8[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::jsonb[],
 %s::jsonb[], %s::timestamptz[]) AS n
ON CONFLICT (session_id, key) DO UPDATE SET
 severity = excluded.severity, count = excluded.count, last_at = excluded.last_at,
 evidence = excluded.evidence, facts = excluded.facts, retracted_at = excluded.retracted_at,
 revision = s.revision + 1
"""

Past = Sequence[tuple[int, int, AnyEvent]]
"""Sequence, position and event of all that is stored of a session before a batch."""


@dataclass(slots=True)
class _Watched:
    friction: SessionFriction
    sequence: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A batch, and the signals that it opened, grew or retracted: the last state of each."""

    batch: Incoming
    signals: Sequence[Signal]


class FrictionWatch:
    """The watcher of one web process, for `vcsm.events.ingest.GroupCommit`."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[UUID, _Watched] = OrderedDict()
        self._reactions = Reactions()

    def look(self, batch: Incoming) -> Seen | None:
        """Feeds the batch to its session's detectors; None when they don't know its past."""
        session = batch.context.session_id
        watched = self._sessions.get(session)
        if watched is None:
            if batch.sequence > 1:
                return None
            watched = self._begin(batch.context, ())
        elif batch.sequence <= watched.sequence:  # sent again: it was seen, and its signals kept
            return Seen(batch, ())
        elif batch.sequence != watched.sequence + 1:
            return None
        self._sessions.move_to_end(session)
        return _feed(watched, batch)

    def read_past(self, connection: psycopg.Connection, batch: Incoming) -> Past:
        """All that is stored of the batch's session before it."""
        found = connection.execute(_HISTORY, (batch.context.session_id, batch.sequence))
        return [(sequence, place, decode_event(body)) for sequence, place, body in found]

    def catch_up(self, batch: Incoming, past: Past) -> Seen:
        """Looks at a batch after its session's `past`."""
        return _feed(self._begin(batch.context, past), batch)

    def store(self, connection: psycopg.Connection, found: Sequence[Seen]) -> None:
        """Writes the signals of all batches in one statement."""
        # One row may be written once in a statement: the last state of an episode is it.
        rows = {
            (seen.batch.context.session_id, signal.key): _row(seen.batch, signal)
            for seen in found
            for signal in seen.signals
        }
        if rows:
            connection.execute(
                _UPSERT, [list(column) for column in zip(*rows.values(), strict=True)]
            )

    def committed(self, found: Sequence[Seen]) -> None:
        self._reactions.tell({seen.batch.context.session_id for seen in found if seen.signals})

    def forget(self, session: UUID) -> None:
        self._sessions.pop(session, None)

    def _begin(self, context: SessionContext, past: Past) -> _Watched:
        friction = SessionFriction(_settings(context))
        for sequence, position, event in past:
            friction.feed(event, sequence=sequence, position=position)
        watched = self._sessions[context.session_id] = _Watched(friction, sequence=0)
        if len(self._sessions) > MAX_SESSIONS:
            self._sessions.popitem(last=False)
        return watched


def _feed(watched: _Watched, batch: Incoming) -> Seen:
    found: dict[str, Signal] = {}
    feed, sequence = watched.friction.feed, batch.sequence
    for position, event in enumerate(batch.events):
        for signal in feed(event, sequence=sequence, position=position):
            found[signal.key] = signal
    watched.sequence = sequence
    return Seen(batch, tuple(found.values()))


def _settings(context: SessionContext) -> FrictionSettings:
    """The workspace's; the defaults where they do not parse, because events must not wait."""
    try:
        return FrictionSettings.from_dict(context.friction_settings)
    except ValueError as error:
        log.error("workspace %s has wrong friction settings: %s", context.workspace_id, error)
        return FrictionSettings()


def _row(batch: Incoming, signal: Signal) -> tuple[object, ...]:
    context = batch.context
    element = signal.element
    return (
        context.workspace_id,
        context.session_id,
        context.contact_id,
        signal.kind,
        signal.key,
        element.id if element else "",
        element.name if element else "",
        signal.page,
        signal.severity,
        signal.count,
        _moment(signal.started_at, context),
        _moment(signal.last_at, context),
        msgspec.json.encode(signal.evidence).decode(),
        msgspec.json.encode(signal.facts).decode(),
        batch.received_at if signal.retracted else None,
    )


def _moment(at: int, context: SessionContext) -> datetime:
    return datetime.fromtimestamp(at / 1000 + context.clock_offset, UTC)
