"""Group commit: batches of many sessions become durable together, exactly once.

Each web process has one `GroupCommit`. `submit` does the computing at once: it encodes the events
and shows them to the watcher. A thread does the database work: it takes the batches that gathered
during its last commit and writes them in one statement (`vcsm.events.ledger`), with what the
watcher found in the same transaction; only then are the callers told. So one group is prepared
while the previous one is written. If a batch of the group turns out to be stored already, the rest
is written without it. A commit that fails because of its data is split until the batch that cannot
be stored is alone.
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
    """Examines batches as they come, in order; what it finds is stored with them. A falsy finding
    means that nothing was found: it is neither stored nor passed to `committed`."""

    def look(self, batch: Incoming) -> object | None:
        """Returns what it finds in `batch`, or None if it must read the session's past first."""

    def read_past(self, connection: psycopg.Connection, batch: Incoming) -> Any:
        """Returns the session's stored past, for `catch_up`; called in the writer's thread."""

    def catch_up(self, batch: Incoming, past: Any) -> object: ...

    def statement(self, found: Sequence[Any]) -> Statement:
        """Returns the statement that writes the findings, run in the transaction of their batches;
        called in the writer's thread."""

    def forget(self, session: UUID) -> None:
        """Discards what it learnt about this session: part of what it was shown was not stored."""

    def committed(self, found: Sequence[Any]) -> None: ...


class Overloaded(Exception):
    """The batch was not kept; send it again later. Its workspace has as many events waiting as it
    may, or the database could not store its group."""


class NotStorable(Exception):
    """The batch itself cannot be stored, whatever else is in its group."""


class _OnTheWay(Struct):
    """A batch ready to be written. `found` is None until the session's past has been read."""

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
        """How full the queue is, from 0 to 1. Work that can wait checks this first."""
        return self._waiting.size / self._waiting.room

    def submit(self, batch: Incoming) -> "asyncio.Future[None]":
        """Accepts a batch; the future completes when the batch is durable.

        Raises `Overloaded` at once if too many events of its workspace are waiting. The future
        fails with `NotStorable` if the batch can never be stored, and with `Overloaded` if its
        group was not. A session's batches are stored in the order of the calls.
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
        """Stores batches as they gather, for as long as the process lives."""
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
            # Everything waiting behind is given back too: a session's batches must stay in order.
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
        for behind in self._waiting:  # examined as if the refused batch had been stored
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
        """Commits `work` and returns the batches that were new. While the database is away, waits
        and tries again a few times, then raises psycopg's OperationalError."""
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
        found = self._watcher.look(batch)  # an earlier batch may have loaded the session since
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
        """Stores the new batches of `work`, nearly always all of them, and returns them."""
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
    """Returns `work` without the batches stored already, and each batch sent twice only once."""
    new = {one.key: one for one in reversed(work)}
    for key in stored_of(connection, list(new)):
        del new[key]
    return list(new.values())[::-1]


def _tell(work: Sequence[_OnTheWay], error: Exception | None) -> None:
    for one in work:
        if one.stored.done():  # the socket closed while its batch was on the way
            continue
        if error is None:
            one.stored.set_result(None)
        else:
            one.stored.set_exception(error)
