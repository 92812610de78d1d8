"""Has the assistant think about struggling sessions: at once, and then ever less often.

A session in trouble signals with every click. Its first signal is told at once; what follows is
told together when `FIRST_QUIET` is over, then after twice as long, up to `LONGEST_QUIET`. A session
that says nothing new for that long begins afresh. The task looks at the session's rows, so nothing
is lost by telling less often, and the work of the broker does not grow with how hard somebody
clicks. When more struggle than the workers can think about, who has just begun to comes first:
what is told again waits behind it, and not for longer than until it is told the next time.
"""

import asyncio
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from vcsm.core.queue import enqueue_all
from vcsm.core.trace import trace_of

log = logging.getLogger(__name__)

FIRST_QUIET = 0.25
LONGEST_QUIET = 4.0
"""Seconds. The page's verdict on a click takes about one, so a nudge is not late by this."""


@dataclass(slots=True)
class _Quiet:
    seconds: float = FIRST_QUIET
    more: bool = False
    """More has come since it was told."""


class Reactions:
    """Of one event loop. Publishing to the broker blocks, so one thread does nothing else."""

    def __init__(self) -> None:
        self._told: dict[UUID, _Quiet] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reactions")

    def tell(self, sessions: Iterable[UUID]) -> None:
        """The signals of these sessions are committed."""
        fresh: list[UUID] = []
        for session in sessions:
            if quiet := self._told.get(session):
                quiet.more = True
            else:
                fresh.append(session)
                self._told[session] = _Quiet()
        self._publish(fresh, FIRST_QUIET, again=False)

    def _publish(self, sessions: list[UUID], quiet: float, *, again: bool) -> None:
        if sessions:
            loop = asyncio.get_running_loop()
            loop.call_later(quiet, self._quiet_is_over, sessions, quiet)
            loop.run_in_executor(self._thread, _enqueue, sessions, again)

    def _quiet_is_over(self, sessions: list[UUID], seconds: float) -> None:
        longer = min(2 * seconds, LONGEST_QUIET)
        more = [session for session in sessions if self._told[session].more]
        for session in sessions:
            if self._told.pop(session).more:
                self._told[session] = _Quiet(longer)
        self._publish(more, longer, again=True)


def _enqueue(sessions: list[UUID], again: bool) -> None:
    try:
        enqueue_all(
            "assistant.react",
            [{"session_id": str(session)} for session in sessions],
            traces=[trace_of(session) for session in sessions],
            expires=LONGEST_QUIET if again else None,
            later=again,
        )
    except Exception:
        # Nothing is lost: the signals' rows say that nobody has reacted, and the sweep finds them.
        log.exception("the broker did not take %d reactions", len(sessions))
