"""Decides when the assistant is told of a struggling session: at once, then ever less often.

A session in trouble signals with every click. Its first signal is told at once; later ones are
gathered and told together, after `FIRST_QUIET` and then after twice as long each time, up to
`LONGEST_QUIET`. A session without a signal for `REST` begins afresh. So no signal waits longer than
`LONGEST_QUIET`, and how often the assistant is told does not grow with how hard somebody clicks.
"""

from dataclasses import dataclass
from uuid import UUID

FIRST_QUIET = 0.25
LONGEST_QUIET = 4.0
"""Both in seconds. The page's verdict on a click takes about one, so this makes no nudge late."""
REST = 10.0
"""Seconds without a signal after which the next one counts as a first one again."""


@dataclass(frozen=True, slots=True)
class Telling:
    """In how many seconds to tell of a session. `first`: nobody has been told of it yet."""

    first: bool
    seconds: float


AT_ONCE = Telling(first=True, seconds=0.0)


@dataclass(slots=True)
class _Struggling:
    heard_at: float
    quiet_until: float
    quiet: float = FIRST_QUIET
    is_due: bool = False
    """Whether more has come since it was last told of; then a call of `told` is pending."""


class Pace:
    """Keeps the pace of all sessions. Pure: each `now` is in seconds of one monotonic clock."""

    def __init__(self) -> None:
        self._struggling: dict[UUID, _Struggling] = {}
        """The session heard longest ago comes first."""

    def hear(self, session: UUID, now: float) -> Telling | None:
        """Notes a signal; returns when to tell of it, or None if a pending telling covers it.

        After a telling that is not `first`, the caller calls `told` once its seconds are over.
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
        """Notes that the session is told of now; later signals belong to the next telling."""
        if known := self._struggling.get(session):
            known.is_due = False
            known.quiet = min(2 * known.quiet, LONGEST_QUIET)
            known.quiet_until = now + known.quiet

    def __len__(self) -> int:
        """Number of sessions remembered."""
        return len(self._struggling)

    def _forget_who_rested(self, now: float) -> None:
        while self._struggling:
            session, longest = next(iter(self._struggling.items()))
            if longest.is_due or now - longest.heard_at < REST:
                return
            del self._struggling[session]
