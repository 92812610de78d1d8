"""The road of events, taken by one synchronous program with the times of the past."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from types import TracebackType

from vcsm.events.incoming import Incoming, SessionContext
from vcsm.events.ingest import GroupCommit
from vcsm.events.kinds import Any as AnyEvent
from vcsm.friction.watch import FrictionWatch, Seen
from widget.road import open_connection


class _Quiet(FrictionWatch):
    """Sends nothing to workers: the player of the past reacts itself, at past times."""

    def committed(self, found: Sequence[Seen]) -> None:
        pass


class PastRoad:
    """A road to use as `with`; `send` returns when the batch is durable and judged."""

    def __enter__(self) -> "PastRoad":
        self._loop = asyncio.new_event_loop()
        self._commits = GroupCommit(connect=open_connection, watcher=_Quiet())
        self._running = self._loop.create_task(self._commits.run())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.cancel()
        self._loop.run_until_complete(self._commits.close())
        self._loop.close()

    def send(
        self, context: SessionContext, *, sequence: int, events: Sequence[AnyEvent], at: datetime
    ) -> None:
        """Stores one batch as if it had been received at `at`."""
        batch = Incoming(context, sequence=sequence, events=events, received_at=at)
        self._loop.run_until_complete(self._submit(batch))

    async def _submit(self, batch: Incoming) -> None:
        await self._commits.submit(batch)
