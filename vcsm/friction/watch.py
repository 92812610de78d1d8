"""Feeds events to the detectors of every live session, and stores what they find with the events.

Signals are written in the transaction that stores the events. Detector state lives in the web
process and is only ever a cache of the stored events: after a reconnect to another process, a
restart or a failed commit it is rebuilt by replaying them.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import psycopg

from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.ledger import Statement
from vcsm.events.sessions import decode_events
from vcsm.friction.reactions import Reactions
from vcsm.friction.session import SessionFriction
from vcsm.friction.signal import Signal
from vcsm.friction.thresholds import FrictionSettings

log = logging.getLogger(__name__)

MAX_SESSIONS = 20_000
"""Live sessions remembered by one process. Beyond that, the least recently active is forgotten, and
rebuilt when it comes back."""
REMEMBERED = timedelta(minutes=10)
"""A session without a batch for so long is forgotten too: nearly all such have ended, and each
takes 14 to 75 kB."""

_HISTORY = """
SELECT sequence, first, events FROM events_batchbody
WHERE session_id = %s AND sequence < %s ORDER BY sequence, first
"""
_COLUMNS = (
    "workspace_id bigint, session_id uuid, contact_id bigint, kind text, key text, element text, "
    "element_name text, page text, severity float8, count int, started_at timestamptz, "
    "last_at timestamptz, evidence jsonb, facts jsonb, retracted_at timestamptz"
)
_UPSERT = f"""
INSERT INTO friction_frictionsignal AS s
(id, workspace_id, session_id, contact_id, kind, key, element, element_name, page, severity,
 count, started_at, last_at, evidence, facts, retracted_at, revision, reacted_revision)
SELECT gen_random_uuid(), n.*, 1, 0 FROM jsonb_to_recordset(%s::jsonb) AS n({_COLUMNS})
ORDER BY n.session_id, n.key
ON CONFLICT (session_id, key) DO UPDATE SET
 severity = excluded.severity, count = excluded.count, last_at = excluded.last_at,
 evidence = excluded.evidence, facts = excluded.facts, retracted_at = excluded.retracted_at,
 revision = s.revision + 1
""".encode()

Past = Sequence[tuple[int, int, AnyEvent]]
"""Sequence, position and event of everything stored of a session before a batch."""


@dataclass(slots=True)
class _Watched:
    friction: SessionFriction
    sequence: int
    at: datetime
    """When its latest batch was received."""


class Seen(msgspec.Struct, frozen=True):
    """The signals that a batch opened, changed or retracted, each in its last state."""

    context: SessionContext
    received_at: datetime
    signals: Sequence[Signal]


_NOTHING = ()
"""The finding in most batches."""


class FrictionWatch:
    """The watcher of one web process, for `vcsm.events.ingest.GroupCommit`."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[UUID, _Watched] = OrderedDict()
        self._reactions = Reactions()

    def look(self, batch: Incoming) -> Seen | tuple[()] | None:
        """Feeds the batch to its session's detectors; returns None if they do not know its past."""
        session = batch.context.session_id
        watched = self._sessions.get(session)
        if watched is None:
            if batch.sequence > 1:
                return None
            watched = self._begin(batch, ())
        elif batch.sequence <= watched.sequence:  # sent again: its signals were found before
            return _NOTHING
        elif batch.sequence != watched.sequence + 1:
            return None
        self._sessions.move_to_end(session)
        return _feed(watched, batch)

    def read_past(self, connection: psycopg.Connection, batch: Incoming) -> Past:
        """Returns everything stored of the batch's session before it."""
        found = connection.execute(_HISTORY, (batch.context.session_id, batch.sequence))
        return [
            (sequence, position, event)
            for sequence, first, events in found
            for position, event in enumerate(decode_events(events), start=first)
        ]

    def catch_up(self, batch: Incoming, past: Past) -> Seen | tuple[()]:
        """Rebuilds the session's detectors from its `past`, then feeds the batch to them."""
        return _feed(self._begin(batch, past), batch)

    def statement(self, found: Sequence[Seen]) -> Statement:
        """Returns the statement that writes the signals of all batches."""
        # A statement may write a row only once, so each episode's last state is taken.
        rows = {
            (seen.context.session_id, signal.key): _row(seen, signal)
            for seen in found
            for signal in seen.signals
        }
        return _UPSERT, (msgspec.json.encode(list(rows.values())).decode(),)

    def committed(self, found: Sequence[Seen]) -> None:
        self._reactions.tell({seen.context.session_id: seen.context.workspace_id for seen in found})

    def forget(self, session: UUID) -> None:
        self._sessions.pop(session, None)

    def _begin(self, batch: Incoming, past: Past) -> _Watched:
        self._forget_idle(batch.received_at)
        friction = SessionFriction(_settings(batch.context))
        for sequence, position, event in past:
            friction.feed(event, sequence=sequence, position=position)
        watched = _Watched(friction, sequence=0, at=batch.received_at)
        self._sessions[batch.context.session_id] = watched
        if len(self._sessions) > MAX_SESSIONS:
            self._sessions.popitem(last=False)
        return watched

    def _forget_idle(self, now: datetime) -> None:
        """Forgets sessions idle for `REMEMBERED`; the least recently active come first."""
        while self._sessions:
            session, watched = next(iter(self._sessions.items()))
            if now - watched.at < REMEMBERED:
                return
            del self._sessions[session]


def _feed(watched: _Watched, batch: Incoming) -> Seen | tuple[()]:
    signals = watched.friction.feed_all(batch.events, sequence=batch.sequence)
    watched.sequence, watched.at = batch.sequence, batch.received_at
    if not signals:
        return _NOTHING
    # If an episode was told twice, its last state counts.
    latest = tuple({one.key: one for one in signals}.values())
    return Seen(batch.context, batch.received_at, latest)


def _settings(context: SessionContext) -> FrictionSettings:
    """Returns the workspace's settings, or the defaults if they are wrong: events must not wait."""
    try:
        return FrictionSettings.from_dict(context.friction_settings)
    except ValueError as error:
        log.error("workspace %s has wrong friction settings: %s", context.workspace_id, error)
        return FrictionSettings()


def _row(seen: Seen, signal: Signal) -> dict[str, object]:
    context = seen.context
    element = signal.element
    return {
        "workspace_id": context.workspace_id,
        "session_id": context.session_id,
        "contact_id": context.contact_id,
        "kind": signal.kind,
        "key": signal.key,
        "element": element.id if element else "",
        "element_name": element.name if element else "",
        "page": signal.page,
        "severity": signal.severity,
        "count": signal.count,
        "started_at": _moment(signal.started_at, context),
        "last_at": _moment(signal.last_at, context),
        "evidence": signal.evidence,
        "facts": signal.facts,
        "retracted_at": seen.received_at if signal.retracted else None,
    }


def _moment(at: int, context: SessionContext) -> datetime:
    return datetime.fromtimestamp(at / 1000 + context.clock_offset, UTC)
