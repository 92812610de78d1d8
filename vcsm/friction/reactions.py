"""Has the assistant think about struggling sessions, as often as `pace` says.

The task reads the session's rows, so nothing is lost by telling less often. If there is more
struggle than the workers can think about, sessions that have just begun to struggle come first:
repeated tellings have a queue of their own, and expire there when the next one could be due.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

from vcsm.core.queue import AGAIN, enqueue_all
from vcsm.core.trace import trace_of
from vcsm.friction.pace import LONGEST_QUIET, Pace

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.1
"""Sessions told of again within this time share messages: each costs this process half a
millisecond whatever is in it, and sessions whose struggles began together are due together."""
MOST_TOGETHER = 10
"""Most sessions in a message, so that no worker is busy with one for long."""


class Reactions:
    """Tells the workers, for one event loop. Publishing blocks, so a thread does nothing else."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reactions")
        self._again: defaultdict[int, list[UUID]] = defaultdict(list)
        """Sessions to be told of again, by workspace: each message is about one workspace."""

    def tell(self, sessions: Mapping[UUID, int]) -> None:
        """Tells of `sessions`, whose signals are committed; each maps to its workspace's id."""
        loop = asyncio.get_running_loop()
        first: list[UUID] = []
        for session, workspace in sessions.items():
            telling = self._pace.hear(session, loop.time())
            if telling is None:
                continue
            if telling.first:
                first.append(session)
            else:
                loop.call_later(telling.seconds, self._gather, session, workspace)
        if first:
            self._publish(partial(_enqueue_first, first))

    def _gather(self, session: UUID, workspace: int) -> None:
        loop = asyncio.get_running_loop()
        self._pace.told(session, loop.time())
        if not self._again:
            loop.call_later(GATHER_SECONDS, self._tell_again)
        self._again[workspace].append(session)

    def _tell_again(self) -> None:
        gathered = [
            sessions[start : start + MOST_TOGETHER]
            for sessions in self._again.values()
            for start in range(0, len(sessions), MOST_TOGETHER)
        ]
        self._again.clear()
        self._publish(partial(_enqueue_again, gathered))

    def _publish(self, enqueue: Callable[[], None]) -> None:
        asyncio.get_running_loop().run_in_executor(self._thread, _try, enqueue)


def _try(enqueue: Callable[[], None]) -> None:
    try:
        enqueue()
    except Exception:
        # Nothing is lost: the signals' rows show that nobody has reacted, so the sweep finds them.
        log.exception("the broker did not take reactions to struggles")


def _enqueue_first(sessions: list[UUID]) -> None:
    enqueue_all(
        "assistant.react",
        [{"session_id": str(session)} for session in sessions],
        traces=[trace_of(session) for session in sessions],
    )


def _enqueue_again(gathered: list[list[UUID]]) -> None:
    enqueue_all(
        "assistant.react_each",
        [{"session_ids": [str(session) for session in sessions]} for sessions in gathered],
        queue=AGAIN,
        expires=LONGEST_QUIET,
    )
