"""How often the assistant is told of a session that struggles: at once, then ever less often.

A session in trouble signals with every click. Its first signal is told at once; what follows is
gathered and told together, after `FIRST_QUIET` and then after twice as long each time, up to
`LONGEST_QUIET`. One that signals nothing for `REST` begins afresh. So no signal waits for longer
than `LONGEST_QUIET`, and what is told does not grow with how hard somebody clicks.
"""

from dataclasses import dataclass
from uuid import UUID

FIRST_QUIET = 0.25
LONGEST_QUIET = 4.0
"""Seconds. The page's verdict on a click takes about one, so a nudge is not late by this."""
REST = 10.0
"""Seconds without a signal after which the next one is a first one again."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A session is to be told of, in `seconds`. `first`: nobody has heard of its struggle yet."""

    first: bool
    seconds: float


AT_ONCE = Telling(first=True, seconds=0.0)


@dataclass(slots=True)
class _Struggling:
    heard_at: float
    quiet_until: float
    quiet: float = FIRST_QUIET
    is_due: bool = False
    """More has come since it was told; somebody will call `told`."""


class Pace:
    """Pure: every moment, in seconds of one clock that only goes forward, is passed in."""

    def __init__(self) -> None:
        self._struggling: dict[UUID, _Struggling] = {}
        """Who was heard longest ago first."""

    def hear(self, session: UUID, now: float) -> Telling | None:
        """The session signals. None: a telling that is on its way will tell this, too.

        Whoever gets a telling that is not `first` calls `told` once its seconds are over.
        """
        self._forget_who_rested(now)
        known = self._struggling.pop(session, None)
        if known is None:
            self._struggling[session] = _Struggling(now, now + FIRST_QUIET)
            return AT_ONCE
        self._struggling[session] = known
        known.heard_at = now
        if known.is_due:
            return None
        known.is_due = True
        return Telling(first=False, seconds=max(0.0, known.quiet_until - now))

    def told(self, session: UUID, now: float) -> None:
        """It is told again now; what comes from here on is for the next time."""
        if known := self._struggling.get(session):
            known.is_due = False
            known.quiet = min(2 * known.quiet, LONGEST_QUIET)
            known.quiet_until = now + known.quiet

    def __len__(self) -> int:
        """Sessions that are remembered."""
        return len(self._struggling)

    def _forget_who_rested(self, now: float) -> None:
        while self._struggling:
            session, longest = next(iter(self._struggling.items()))
            if longest.is_due or now - longest.heard_at < REST:
                return
            del self._struggling[session]
