"""What detectors share: an open episode that grows, and a bounded book of open ones."""

import hashlib
from functools import lru_cache
from typing import TypeVar

from vcsm.events.kinds import Element, Event
from vcsm.friction.signal import Ref, Signal, Told, place_of

MAX_OPEN = 32
"""Episodes one detector keeps open in a session; the oldest is closed to open another."""

_FIRST, _LAST = 8, 16
"""How many pieces of evidence are kept of a long episode: from its beginning and its end."""


class Episode:
    """One episode in the making. `seen` is in session time, all other times are the client's."""

    __slots__ = ("element", "evidence", "key", "kind", "last_at", "page", "seen", "started_at")

    def __init__(self, kind: str, key: str, event: Event, element: Element | None) -> None:
        self.kind = kind
        self.key = key
        self.element = element
        self.page = event.page
        self.started_at = self.last_at = event.at
        self.seen = 0
        self.evidence: list[Ref] = []

    def see(self, event: Event, now: int, ref: Ref) -> None:
        """Adds an event to the evidence."""
        self.seen = now
        at = event.at
        if at > self.last_at:
            self.last_at = at
        elif at < self.started_at:
            self.started_at = at
        evidence = self.evidence
        if not evidence or evidence[-1] != ref:
            evidence.append(ref)
            if len(evidence) > _FIRST + _LAST:
                del evidence[_FIRST]

    def tell(
        self,
        *,
        severity: float,
        count: int,
        facts: dict[str, str | int | float],
        retracted: bool = False,
    ) -> Told:
        """Returns the episode's signal as it stands, as a tuple of one."""
        return (
            Signal(
                kind=self.kind,
                key=self.key,
                element=self.element,
                page=self.page,
                severity=severity,
                count=count,
                started_at=self.started_at,
                last_at=self.last_at,
                evidence=tuple([place_of(ref) for ref in self.evidence]),
                facts=facts,
                retracted=retracted,
            ),
        )


E = TypeVar("E", bound=Episode)

Subject = str | tuple[str | int, ...]
"""What an episode is about: an element and its page, a route, a form …"""


class Book(dict[Subject, E]):
    """One detector's open episodes by subject, oldest first. An event joins an episode seen at most
    `join_ms` before. A closed episode is taken out; what was told of it stands."""

    __slots__ = ("_join", "_kind", "_make", "_number", "_prefix")

    def __init__(self, make: type[E], *, kind: str, join_ms: float, prefix: str = "") -> None:
        super().__init__()
        self._make = make
        self._kind = kind
        self._prefix = prefix or kind
        self._join = join_ms
        self._number = 0

    def find(self, subject: Subject, now: int) -> E | None:
        """Returns the episode to which an event about `subject` at `now` belongs, if any."""
        episode = self.get(subject)
        return episode if episode and now - episode.seen <= self._join else None

    def open(self, subject: Subject, event: Event, element: Element | None) -> E:
        """Opens a new episode about `subject`; closes an earlier one about it."""
        self.pop(subject, None)
        self.skip()
        name = element.id if element else _shorten(subject)
        key = f"{self._prefix}:{name}:{self._number}" if name else f"{self._prefix}:{self._number}"
        episode = self[subject] = self._make(self._kind, key, event, element)
        return episode

    def skip(self) -> None:
        """Uses up the number and the place of an episode that will never be told."""
        if len(self) >= MAX_OPEN:
            del self[next(iter(self))]
        self._number += 1

    def join(self, subject: Subject, event: Event, element: Element | None, now: int) -> E:
        """Returns the open episode about `subject`, or opens a new one."""
        episode = self.get(subject)
        if episode is None or now - episode.seen > self._join:
            return self.open(subject, event, element)
        return episode


@lru_cache(1_000)
def _shorten(subject: Subject) -> str:
    """Returns a short hash of a page, route or form name, for a key (48 bits of BLAKE2)."""
    if not subject:
        return ""
    text = repr(subject).encode("utf-8", "backslashreplace")
    return hashlib.blake2s(text, digest_size=6).hexdigest()
