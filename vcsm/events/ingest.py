"""Group commit: batches of many sessions become durable together, exactly once.

One `GroupCommit` per web process. `submit` does the work of the processor at once: it packs the
batch for COPY and shows it to the watcher. A thread does the work of the database: it takes what
gathered while its last commit ran, writes ledger rows first (`ON CONFLICT DO NOTHING RETURNING`
tells the new batches from resent ones), then the new events by COPY, then what the watcher found,
and commits; only then are the waiters told. So one group is packed while the one before is written.
A commit that the data make fail is split until the batch that cannot be stored stands alone.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Protocol
from uuid import UUID

import psycopg

from vcsm.core.counts import COMMIT, DROPPED, LAG, STORED, WAITING
from vcsm.events.copying import COPY, FIRST, LAST, pack_batch
from vcsm.events.incoming import Incoming

log = logging.getLogger(__name__)

MAX_WAITING_EVENTS = 50_000
MAX_COMMIT_EVENTS = 5_000
RETRY_SECONDS = (0.05, 0.2, 0.5, 1, 2)

_LEDGER = """
WITH new AS (
 INSERT INTO events_batch (session_id, sequence, events, received_at)
 SELECT * FROM unnest(%b::uuid[], %b::int[], %b::int[], %b::timestamptz[])
 ON CONFLICT DO NOTHING RETURNING session_id, sequence
), seen AS (
 UPDATE events_session AS s SET seen_at = greatest(s.seen_at, n.at), page = n.page
 FROM (SELECT * FROM unnest(%b::uuid[], %b::timestamptz[], %t::text[])) AS n(id, at, page)
 WHERE s.id = n.id RETURNING 1
)
SELECT count(*), array_agg(session_id), array_agg(sequence), (SELECT count(*) FROM seen) FROM new
"""


class Watcher(Protocol):
    """Looks at batches as they come, in order, and stores what it found with them."""

    def look(self, batch: Incoming) -> object | None:
        """What it finds in `batch`; None when it must read the session's past first."""

    def read_past(self, connection: psycopg.Connection, batch: Incoming) -> Any:
        """The session's stored past, for `catch_up`; called in the writer's thread."""

    def catch_up(self, batch: Incoming, past: Any) -> object: ...

    def store(self, connection: psycopg.Connection, found: Sequence[Any]) -> None:
        """Writes what was found, in the transaction of its batches, in the writer's thread."""

    def forget(self, session: UUID) -> None:
        """Not all it was shown of this session got stored: what was learnt is not true."""

    def committed(self, found: Sequence[Any]) -> None: ...


class Overloaded(Exception):
    """More is waiting than may wait; nothing of the batch was kept. Try again later."""


class NotStorable(Exception):
    """The database refuses this batch by itself, whatever it is stored with."""


@dataclass(slots=True)
class _Waiting:
    """A batch on its way, ready to be written. `found` is None while its past is unread."""

    batch: Incoming
    rows: bytes
    found: object | None
    stored: "asyncio.Future[None]"


class GroupCommit:
    def __init__(self, *, connect: Callable[[], psycopg.Connection], watcher: Watcher) -> None:
        self._connect = connect
        self._watcher = watcher
        self._waiting: deque[_Waiting] = deque()
        self._waiting_events = 0
        self._arrived = asyncio.Event()
        self._connection: psycopg.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="events")

    @property
    def load(self) -> float:
        """How full the queue is, 0 to 1: what can wait asks here first."""
        return self._waiting_events / MAX_WAITING_EVENTS

    def submit(self, batch: Incoming) -> "asyncio.Future[None]":
        """Takes a batch in; the future is done when it is durable, or holds `NotStorable`.

        Raises `Overloaded` at once when too much is waiting already. Batches are stored in the
        order of the calls.
        """
        if self._waiting_events + len(batch.events) > MAX_WAITING_EVENTS:
            DROPPED.labels("overloaded").inc()
            raise Overloaded
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        rows = pack_batch(batch)
        self._waiting.append(_Waiting(batch, rows, self._watcher.look(batch), stored))
        self._waiting_events += len(batch.events)
        WAITING.set(self._waiting_events)
        self._arrived.set()
        return stored

    async def run(self) -> None:
        """Stores what gathers, for as long as the process lives."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                await self._store(self._take())

    def _take(self) -> list[_Waiting]:
        taken: list[_Waiting] = []
        events = 0
        while self._waiting and events < MAX_COMMIT_EVENTS:
            taken.append(self._waiting.popleft())
            events += len(taken[-1].batch.events)
        self._waiting_events -= events
        WAITING.set(self._waiting_events)
        return taken

    async def _store(self, work: list[_Waiting]) -> None:
        began = perf_counter()
        try:
            fresh = await self._commit(work)
        except psycopg.DataError as error:
            await self._split(work, error)
        except Exception:
            # All that waits behind goes back too: a session's batches must stay in order.
            log.exception("a group of batches was not stored")
            self._give_back([*work, *self._waiting])
        else:
            COMMIT.observe(perf_counter() - began)
            LAG.observe((datetime.now(UTC) - work[0].batch.received_at).total_seconds())
            STORED.inc(sum(len(one.batch.events) for one in work))
            self._watcher.committed([one.found for one in fresh])
            _tell(work, None)

    async def _split(self, work: list[_Waiting], error: psycopg.DataError) -> None:
        if len(work) > 1:
            middle = len(work) // 2
            await self._store(work[:middle])
            await self._store(work[middle:])
            return
        log.warning("a batch cannot be stored: %s", error)
        DROPPED.labels("not_storable").inc()
        session = work[0].batch.context.session_id
        self._watcher.forget(session)
        for behind in self._waiting:  # was looked at as if this one had been stored
            if behind.batch.context.session_id == session:
                behind.found = None
        _tell(work, NotStorable(str(error)))

    def _give_back(self, work: Sequence[_Waiting]) -> None:
        self._waiting.clear()
        self._waiting_events = 0
        for one in work:
            self._watcher.forget(one.batch.context.session_id)
        _tell(work, Overloaded())

    async def _commit(self, work: list[_Waiting]) -> list[_Waiting]:
        """Commits once and returns what was new; while the database is away, waits and tries
        again a few times."""
        for pause in (*RETRY_SECONDS, None):
            try:
                for one in work:
                    if one.found is None:
                        one.found = await self._catch_up(one.batch)
                fresh: list[_Waiting] = await self._in_thread(self._write, work)
                return fresh
            except psycopg.OperationalError:
                await self.close()
                if pause is None:
                    raise
                log.warning("the database is away; trying again in %s s", pause)
                await asyncio.sleep(pause)
        raise AssertionError("the last pause is None")

    async def _catch_up(self, batch: Incoming) -> object:
        found = self._watcher.look(batch)  # a batch before it may have made its session known
        if found is None:
            past = await self._in_thread(self._read_past, batch)
            found = self._watcher.catch_up(batch, past)
        return found

    async def _in_thread(self, function: Callable[..., Any], *arguments: object) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    # In the writer's thread ------------------------------------------------------------------

    def _read_past(self, batch: Incoming) -> object:
        return self._watcher.read_past(self._open(), batch)

    def _write(self, work: list[_Waiting]) -> list[_Waiting]:
        connection = self._open()
        with connection.transaction():
            fresh = _enter(connection, work)
            with connection.cursor().copy(COPY) as copy:
                copy.write(b"".join((FIRST, *(one.rows for one in fresh), LAST)))
            self._watcher.store(connection, [one.found for one in fresh])
        return fresh

    def _open(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection = self._connect()
        return self._connection

    async def close(self) -> None:
        """Closes the writer's connection; the next commit opens a new one."""
        await self._in_thread(self._close)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _enter(connection: psycopg.Connection, work: list[_Waiting]) -> list[_Waiting]:
    """Enters `work` in the ledger and returns what was not there yet."""
    batches = [one.batch for one in work]
    last = {batch.context.session_id: batch for batch in batches if batch.events}
    row = connection.execute(
        _LEDGER,
        (
            [batch.context.session_id for batch in batches],
            [batch.sequence for batch in batches],
            [len(batch.events) for batch in batches],
            [batch.received_at for batch in batches],
            list(last),
            [batch.received_at for batch in last.values()],
            [batch.events[-1].page for batch in last.values()],
        ),
    ).fetchone()
    assert row is not None
    count, sessions, sequences, seen = row
    if seen < len(last):
        raise psycopg.DataError("its session has been erased")
    if count == len(work):
        return work
    # A batch sent twice within one group has one ledger row: the first of them is stored.
    new = set(zip(sessions or (), sequences or (), strict=True))
    return [one for one in work if _claim(new, (one.batch.context.session_id, one.batch.sequence))]


def _claim(new: set[tuple[UUID, int]], key: tuple[UUID, int]) -> bool:
    if key in new:
        new.remove(key)
        return True
    return False


def _tell(work: Sequence[_Waiting], error: Exception | None) -> None:
    for one in work:
        if one.stored.done():  # the socket went away while its batch was on the way
            continue
        if error is None:
            one.stored.set_result(None)
        else:
            one.stored.set_exception(error)
