"""Feeds the detectors of every live session in the step that stores its events.

Detector state lives in the web process and is only ever a cache of the stored events: after a
reconnect to another process, a restart or a failed commit it is rebuilt by replaying them.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import msgspec
import psycopg

from vcsm.events.incoming import Incoming, SessionContext
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
VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1, 0)
ON CONFLICT (session_id, key) DO UPDATE SET
 severity = excluded.severity, count = excluded.count, last_at = excluded.last_at,
 evidence = excluded.evidence, facts = excluded.facts, retracted_at = excluded.retracted_at,
 revision = s.revision + 1
"""


@dataclass(slots=True)
class _Watched:
    friction: SessionFriction
    sequence: int


class FrictionWatch:
    """The watcher of one web process, for `vcsm.events.ingest.GroupCommit`."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[UUID, _Watched] = OrderedDict()
        self._reactions = Reactions()

    async def watch(
        self, connection: psycopg.AsyncConnection, batches: Sequence[Incoming]
    ) -> set[UUID]:
        """Stores the signals that `batches` open, grow or retract; returns their sessions."""
        rows: list[tuple[object, ...]] = []
        struggling: set[UUID] = set()
        for batch in batches:
            watched = await self._watched(connection, batch)
            found: dict[str, Signal] = {}
            for position, event in enumerate(batch.events):
                for signal in watched.friction.feed(
                    event, sequence=batch.sequence, position=position
                ):
                    found[signal.key] = signal
            watched.sequence = batch.sequence
            rows += [_row(batch, signal) for signal in found.values()]
            if found:
                struggling.add(batch.context.session_id)
        if rows:
            async with connection.cursor() as cursor:
                await cursor.executemany(_UPSERT, rows)
        return struggling

    def committed(self, outcome: object) -> None:
        self._reactions.tell(cast(set[UUID], outcome))

    def forget(self, batches: Sequence[Incoming]) -> None:
        for batch in batches:
            self._sessions.pop(batch.context.session_id, None)

    async def _watched(self, connection: psycopg.AsyncConnection, batch: Incoming) -> _Watched:
        context = batch.context
        watched = self._sessions.get(context.session_id)
        if watched is None or watched.sequence != batch.sequence - 1:
            watched = await _rebuild(connection, context, batch.sequence)
            self._sessions[context.session_id] = watched
            if len(self._sessions) > MAX_SESSIONS:
                self._sessions.popitem(last=False)
        self._sessions.move_to_end(context.session_id)
        return watched


async def _rebuild(
    connection: psycopg.AsyncConnection, context: SessionContext, before: int
) -> _Watched:
    friction = SessionFriction(_settings(context))
    if before > 1:
        async with connection.cursor() as cursor:
            await cursor.execute(_HISTORY, (context.session_id, before))
            async for sequence, position, body in cursor:
                friction.feed(decode_event(body), sequence=sequence, position=position)
    return _Watched(friction=friction, sequence=before - 1)


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
