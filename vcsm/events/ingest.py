"""Group commit: batches of many sessions become durable together, exactly once.

One `GroupCommit` per web process. `submit` takes a batch in; the writer takes what
gathered while its last commit ran: ledger rows first (`ON CONFLICT DO NOTHING RETURNING` tells the
new batches from resent ones), then the new events by COPY, then whatever watches them, then the
commit, and only then are the waiters told. A commit that fails is split until the batch that cannot
be stored stands alone.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter
from typing import Protocol
from uuid import UUID

import psycopg

from vcsm.core.metrics import COMMIT, DROPPED, STORED, WAITING
from vcsm.events.copying import COPY, encode_rows
from vcsm.events.incoming import Incoming

log = logging.getLogger(__name__)

MAX_WAITING_EVENTS = 50_000
MAX_COMMIT_EVENTS = 5_000
RETRY_SECONDS = (0.05, 0.2, 0.5, 1, 2)

_LEDGER = """
INSERT INTO events_batch (session_id, sequence, events, received_at)
SELECT * FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::timestamptz[])
ON CONFLICT DO NOTHING RETURNING session_id, sequence
"""
_SEEN = """
UPDATE events_session AS s SET seen_at = greatest(s.seen_at, n.at), page = n.page
FROM (SELECT * FROM unnest(%s::uuid[], %s::timestamptz[], %s::text[])) AS n(id, at, page)
WHERE s.id = n.id
"""


class Watcher(Protocol):
    """Looks at new batches in the transaction that stores them."""

    async def watch(
        self, connection: psycopg.AsyncConnection, batches: Sequence[Incoming]
    ) -> object: ...

    def forget(self, batches: Sequence[Incoming]) -> None:
        """The transaction did not commit: what was learnt from these batches is not true."""

    def committed(self, outcome: object) -> None: ...


class Overloaded(Exception):
    """More is waiting than may wait; nothing of the batch was kept. Try again later."""


class NotStorable(Exception):
    """The database refuses this batch by itself, whatever it is stored with."""


class GroupCommit:
    def __init__(
        self,
        *,
        connect: Callable[[], Awaitable[psycopg.AsyncConnection]],
        watcher: Watcher,
    ) -> None:
        self._connect = connect
        self._watcher = watcher
        self._waiting: deque[tuple[Incoming, asyncio.Future[None]]] = deque()
        self._waiting_events = 0
        self._arrived = asyncio.Event()
        self._connection: psycopg.AsyncConnection | None = None

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
        self._waiting.append((batch, stored))
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

    def _take(self) -> list[tuple[Incoming, asyncio.Future[None]]]:
        taken: list[tuple[Incoming, asyncio.Future[None]]] = []
        events = 0
        while self._waiting and events < MAX_COMMIT_EVENTS:
            taken.append(self._waiting.popleft())
            events += len(taken[-1][0].events)
        self._waiting_events -= events
        WAITING.set(self._waiting_events)
        return taken

    async def _store(self, work: list[tuple[Incoming, asyncio.Future[None]]]) -> None:
        began = perf_counter()
        try:
            await self._commit([batch for batch, _ in work])
        except psycopg.DataError as error:
            if len(work) > 1:
                middle = len(work) // 2
                await self._store(work[:middle])
                await self._store(work[middle:])
                return
            log.warning("a batch cannot be stored: %s", error)
            DROPPED.labels("not_storable").inc()
            _tell(work, NotStorable(str(error)))
        except Exception:
            # All that waits behind goes back too: a session's batches must stay in order.
            log.exception("a group of batches was not stored")
            _tell([*work, *self._waiting], Overloaded())
            self._waiting.clear()
            self._waiting_events = 0
        else:
            COMMIT.observe(perf_counter() - began)
            STORED.inc(sum(len(batch.events) for batch, _ in work))
            _tell(work, None)

    async def _commit(self, batches: list[Incoming]) -> None:
        """Commits once; while the database is away, waits and tries again a few times."""
        for pause in (*RETRY_SECONDS, None):
            try:
                connection = await self._open()
                async with connection.transaction():
                    outcome = await self._write(connection, batches)
            except psycopg.OperationalError:
                self._watcher.forget(batches)
                await self.close()
                if pause is None:
                    raise
                log.warning("the database is away; trying again in %s s", pause)
                await asyncio.sleep(pause)
            except BaseException:
                self._watcher.forget(batches)
                raise
            else:
                self._watcher.committed(outcome)
                return

    async def _write(self, connection: psycopg.AsyncConnection, batches: list[Incoming]) -> object:
        async with connection.cursor() as cursor:
            await cursor.execute(
                _LEDGER,
                (
                    [batch.context.session_id for batch in batches],
                    [batch.sequence for batch in batches],
                    [len(batch.events) for batch in batches],
                    [batch.received_at for batch in batches],
                ),
            )
            new = set(await cursor.fetchall())
            # A batch sent twice within one group has one ledger row: the first of them is stored.
            fresh = [
                batch
                for batch in batches
                if _claim(new, (batch.context.session_id, batch.sequence))
            ]
            async with cursor.copy(COPY) as copy:
                await copy.write(encode_rows(fresh))
            last = {batch.context.session_id: batch for batch in fresh if batch.events}
            await cursor.execute(
                _SEEN,
                (
                    list(last),
                    [batch.received_at for batch in last.values()],
                    [batch.events[-1].page for batch in last.values()],
                ),
            )
        return await self._watcher.watch(connection, fresh)

    async def _open(self) -> psycopg.AsyncConnection:
        if self._connection is None or self._connection.closed:
            self._connection = await self._connect()
        return self._connection

    async def close(self) -> None:
        """Closes the writer's connection; the next commit opens a new one."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


def _claim(new: set[tuple[UUID, int]], key: tuple[UUID, int]) -> bool:
    if key in new:
        new.remove(key)
        return True
    return False


def _tell(work: list[tuple[Incoming, "asyncio.Future[None]"]], error: Exception | None) -> None:
    for _, stored in work:
        if stored.done():  # the socket went away while its batch was on the way
            continue
        if error is None:
            stored.set_result(None)
        else:
            stored.set_exception(error)
