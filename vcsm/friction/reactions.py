"""Has the assistant think about struggling sessions: at once, and then a few times a second.

A session in trouble signals with every click. Its first signal is told at once; what follows within
`QUIET_SECONDS` is told together at their end. The task looks at the session's rows, so nothing is
lost by telling less often, and the work of the broker does not grow with how hard somebody clicks.
"""

import asyncio
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from vcsm.core.queue import URGENT, enqueue_all

log = logging.getLogger(__name__)

QUIET_SECONDS = 0.25


class Reactions:
    """Of one event loop. Publishing to the broker blocks, so one thread does nothing else."""

    def __init__(self) -> None:
        self._told: dict[UUID, bool] = {}
        """Sessions told within the last moments; True: more has come since."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reactions")

    def tell(self, sessions: Iterable[UUID]) -> None:
        """The signals of these sessions are committed."""
        fresh: list[UUID] = []
        for session in sessions:
            if session in self._told:
                self._told[session] = True
            else:
                fresh.append(session)
                self._told[session] = False
        if fresh:
            loop = asyncio.get_running_loop()
            loop.call_later(QUIET_SECONDS, self._quiet_is_over, fresh)
            loop.run_in_executor(self._thread, _enqueue, fresh)

    def _quiet_is_over(self, sessions: list[UUID]) -> None:
        self.tell([session for session in sessions if self._told.pop(session)])


def _enqueue(sessions: list[UUID]) -> None:
    try:
        enqueue_all(
            "assistant.react",
            [{"session_id": str(session)} for session in sessions],
            queue=URGENT,
        )
    except Exception:
        # Nothing is lost: the signals' rows say that nobody has reacted, and the sweep finds them.
        log.exception("the broker did not take %d reactions", len(sessions))
