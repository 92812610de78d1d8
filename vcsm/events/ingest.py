"""Group commit: batches of many sessions become durable together, exactly once.

One `GroupCommit` per web process. `submit` does the work of the processor at once: it encodes the
events and shows them to the watcher. A thread does the work of the database: it takes what gathered
while its last commit ran and writes it by one statement (`vcsm.events.ledger`), and what the
watcher found in the same transaction; only then are the waiters told. So one group is made ready
while the one before is written. When a batch of the group turns out to be stored already, the rest
is written without it. A commit that the data make fail is split until the batch that cannot be
stored stands alone.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Protocol
from uuid import UUID

import psycopg
from msgspec import Struct

from vcsm.core.counts import COMMIT, DROPPED, LAG, STORED, WAITING
from vcsm.events.incoming import Incoming, Packed
from vcsm.events.ledger import Key, NotText, Statement, pack, store, stored_of, unpack
from vcsm.events.waiting import Waiting

log = logging.getLogger(__name__)

MAX_WAITING_EVENTS = 50_000
MAX_COMMIT_EVENTS = 5_000
RETRY_SECONDS = (0.05, 0.2, 0.5, 1, 2)


class Watcher(Protocol):
    """Looks at batches as they come, in order, and stores what it found with them. What it found
    and is false was nothing: that is neither stored nor told to be committed."""

    def look(self, batch: Incoming) -> object | None:
        """What it finds in `batch`; None when it must read the session's past first."""

    def read_past(self, connection: psycopg.Connection, batch: Incoming) -> Any:
        """The session's stored past, for `catch_up`; called in the writer's thread."""

    def catch_up(self, batch: Incoming, past: Any) -> object: ...

    def statement(self, found: Sequence[Any]) -> Statement:
        """What writes the things found: run in the transaction of their batches. Made in the
        writer's thread."""

    def forget(self, session: UUID) -> None:
        """Not all it was shown of this session got stored: what was learnt is not true."""

    def committed(self, found: Sequence[Any]) -> None: ...


class Overloaded(Exception):
    """More of its workspace is waiting than may wait; nothing was kept of it. Try again later."""


class NotStorable(Exception):
    """The database refuses this batch by itself, whatever it is stored with."""


class _OnTheWay(Struct):
    """A batch ready to be written. `found` is None while its past is unread."""

    batch: Packed
    found: object | None
    stored: "asyncio.Future[None]"
    workspace_id: int
    size: int

    @property
    def key(self) -> Key:
        return self.batch.context.session_id, self.batch.sequence


class GroupCommit:
    def __init__(
        self,
        *,
        connect: Callable[[], psycopg.Connection],
        watcher: Watcher,
        room: int = MAX_WAITING_EVENTS,
    ) -> None:
        self._connect = connect
        self._watcher = watcher
        self._waiting: Waiting[_OnTheWay] = Waiting(room)
        self._arrived = asyncio.Event()
        self._connection: psycopg.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="events")
        WAITING.set_function(lambda: self._waiting.size)

    @property
    def load(self) -> float:
        """How full the queue is, 0 to 1: what can wait asks here first."""
        return self._waiting.size / self._waiting.room

    def submit(self, batch: Incoming) -> "asyncio.Future[None]":
        """Takes a batch in; the future is done when it is durable, or holds `NotStorable`.

        Raises `Overloaded` at once when too much of its workspace is waiting already. Batches of a
        session are stored in the order of the calls.
        """
        workspace_id, size = batch.context.workspace_id, len(batch.events)
        if not self._waiting.has_room(workspace_id, size):
            DROPPED.labels("overloaded").inc()
            raise Overloaded
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        try:
            packed = pack(batch)
        except NotText as error:
            self._refuse(stored, error)
            return stored
        found = self._watcher.look(batch)
        self._waiting.add(_OnTheWay(packed, found, stored, workspace_id, size))
        self._arrived.set()
        return stored

    async def run(self) -> None:
        """Stores what gathers, for as long as the process lives."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while work := self._waiting.take(MAX_COMMIT_EVENTS):
                await self._store(work)

    async def _store(self, work: list[_OnTheWay]) -> None:
        began = perf_counter()
        try:
            fresh = await self._commit(work)
        except psycopg.DataError as error:
            await self._split(work, error)
        except Exception:
            # All that waits behind goes back too: a session's batches must stay in order.
            log.exception("a group of batches was not stored")
            self._give_back([*work, *self._waiting.take_all()])
        else:
            COMMIT.observe(perf_counter() - began)
            oldest = min(one.batch.received_at for one in work)
            LAG.observe((datetime.now(UTC) - oldest).total_seconds())
            STORED.inc(sum(one.size for one in work))
            self._watcher.committed([one.found for one in fresh if one.found])
            _tell(work, None)

    async def _split(self, work: list[_OnTheWay], error: psycopg.DataError) -> None:
        if len(work) > 1:
            middle = len(work) // 2
            await self._store(work[:middle])
            await self._store(work[middle:])
            return
        session = work[0].batch.context.session_id
        self._watcher.forget(session)
        for behind in self._waiting:  # was looked at as if this one had been stored
            if behind.batch.context.session_id == session:
                behind.found = None
        self._refuse(work[0].stored, error)

    def _refuse(self, stored: "asyncio.Future[None]", error: Exception) -> None:
        log.warning("a batch cannot be stored: %s", error)
        DROPPED.labels("not_storable").inc()
        if not stored.done():
            stored.set_exception(NotStorable(str(error)))

    def _give_back(self, work: Sequence[_OnTheWay]) -> None:
        for one in work:
            self._watcher.forget(one.batch.context.session_id)
        _tell(work, Overloaded())

    async def _commit(self, work: list[_OnTheWay]) -> list[_OnTheWay]:
        """Commits once and returns what was new; while the database is away, waits and tries
        again a few times."""
        for pause in (*RETRY_SECONDS, None):
            try:
                for one in work:
                    if one.found is None:
                        one.found = await self._catch_up(unpack(one.batch))
                fresh: list[_OnTheWay] = await self._in_thread(self._write, work)
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

    def _write(self, work: list[_OnTheWay]) -> list[_OnTheWay]:
        """Stores what is new of `work`, which is nearly always all, and returns it."""
        connection, new = self._open(), work
        while new:
            try:
                self._store_new(connection, new)
            except psycopg.errors.UniqueViolation:
                less = _new_of(connection, new)
                if len(less) == len(new):
                    raise
                new = less
            else:
                return new
        return []

    def _store_new(self, connection: psycopg.Connection, fresh: list[_OnTheWay]) -> None:
        found = [one.found for one in fresh if one.found]
        beside = self._watcher.statement(found) if found else None
        store(connection, [one.batch for one in fresh], beside=beside)

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


def _new_of(connection: psycopg.Connection, work: Sequence[_OnTheWay]) -> list[_OnTheWay]:
    """Without those that are stored already; of one sent twice within the group the first."""
    new = {one.key: one for one in reversed(work)}
    for key in stored_of(connection, list(new)):
        del new[key]
    return list(new.values())[::-1]


def _tell(work: Sequence[_OnTheWay], error: Exception | None) -> None:
    for one in work:
        if one.stored.done():  # the socket went away while its batch was on the way
            continue
        if error is None:
            one.stored.set_result(None)
        else:
            one.stored.set_exception(error)
