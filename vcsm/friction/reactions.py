"""Has the assistant think about struggling sessions, as often as `pace` says.

The task looks at the session's rows, so nothing is lost by telling less often. Where there is more
struggle than the workers can think about, who has just begun to struggle comes first: what is told
again has a queue of its own, and waits there not longer than until it could be told the next time.
"""

import asyncio
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from vcsm.core.queue import AGAIN, enqueue_all
from vcsm.core.trace import trace_of
from vcsm.friction.pace import LONGEST_QUIET, Pace

log = logging.getLogger(__name__)


class Reactions:
    """Of one event loop. Publishing to the broker blocks, so one thread does nothing else."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reactions")

    def tell(self, sessions: Iterable[UUID]) -> None:
        """The signals of these sessions are committed."""
        loop = asyncio.get_running_loop()
        first: list[UUID] = []
        for session in sessions:
            telling = self._pace.hear(session, loop.time())
            if telling is None:
                continue
            if telling.first:
                first.append(session)
            else:
                loop.call_later(telling.seconds, self._tell_again, session)
        if first:
            loop.run_in_executor(self._thread, _enqueue, first, False)

    def _tell_again(self, session: UUID) -> None:
        loop = asyncio.get_running_loop()
        self._pace.told(session, loop.time())
        loop.run_in_executor(self._thread, _enqueue, [session], True)


def _enqueue(sessions: list[UUID], again: bool) -> None:
    try:
        enqueue_all(
            "assistant.react",
            [{"session_id": str(session)} for session in sessions],
            traces=[trace_of(session) for session in sessions],
            expires=LONGEST_QUIET if again else None,
            queue=AGAIN if again else None,
        )
    except Exception:
        # Nothing is lost: the signals' rows say that nobody has reacted, and the sweep finds them.
        log.exception("the broker did not take %d reactions", len(sessions))
