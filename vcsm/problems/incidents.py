"""Turns streams in alarm into problems: one for each cause, however it shows."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from vcsm.problems.detect import HOUR_STEPS
from vcsm.problems.scope import FLEET, SOON_STEPS, Outbreak, belongs_to

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

JOINS = 20.0
"""E-process value from which a stream joins a problem it is related to; alone it would not suffice
for a problem of its own."""
AGAIN_STEPS = 24 * HOUR_STEPS
"""A problem that comes back within a day of its end is the same one."""


@dataclass(slots=True)
class Incident:
    """One cause. `outbreaks` are by stream, times are steps; `ended` is None while it lasts."""

    number: int
    opened: int
    outbreaks: dict[int, Outbreak] = field(default_factory=dict)
    ended: int | None = None
    merged_into: int | None = None

    @property
    def scope(self) -> str:
        return next(iter(self.outbreaks.values())).scope

    def change_scope(self, scope: str, account: int | None) -> None:
        """Changes whose it is, once later hits tell what the first could not."""
        self.outbreaks = {
            stream: replace(one, scope=scope, account=account)
            for stream, one in self.outbreaks.items()
        }

    @property
    def account(self) -> int | None:
        return next(iter(self.outbreaks.values())).account

    def explains(self, outbreak: Outbreak, *, now: int) -> bool:
        """Returns whether this incident, lasting or just ended, is the cause of `outbreak` too."""
        if self.merged_into is not None:
            return False
        if self.ended is not None and now - self.ended > AGAIN_STEPS:
            return False
        if outbreak.scope == FLEET and self.scope != FLEET:
            return False  # the whole fleet is not part of one cause
        lasting = self.ended is None or now - self.ended <= SOON_STEPS
        parts = list(self.outbreaks.values())
        if self.scope == FLEET:
            # Only the fleet itself: streams it took in were struck by it, later alarms need not be.
            parts = parts[:1]
        return any(belongs_to(outbreak, known, lasting=lasting) for known in parts)

    def comes_back(self, stream: int, outbreak: Outbreak, *, now: int) -> bool:
        """Returns whether the stream's problem is back: the same stream, soon after its end."""
        return (
            stream in self.outbreaks
            and self.merged_into is None
            and (self.ended is None or now - self.ended <= AGAIN_STEPS)
            and self.outbreaks[stream].account == outbreak.account
        )

    def telling(self) -> list[tuple[int, Outbreak]]:
        """Returns the streams that tell whose it is. Other hits on a page drown that, so whole
        pages are asked only when no element is known."""
        parts = list(self.outbreaks.items())
        return [one for one in parts if one[1].element] or parts


def strongest_of_page(stream: int, total: Floats, page: Ints, *, elements: int) -> int | None:
    """Returns the stream with the strongest evidence on a page that is in alarm as a whole, if any.

    `total` and `page` are as in `detect`, of shape (streams,); the pages themselves come after the
    first `elements` streams. None when the stream is not a page, or no element reaches JOINS.
    """
    if not elements <= stream < len(page):
        return None
    there = np.flatnonzero(page[:elements] == page[stream])
    best = int(there[total[there].argmax()]) if len(there) else stream
    return best if best != stream and total[best] >= JOINS else None


def sort_in(
    incidents: list[Incident], stream: int, outbreak: Outbreak, *, now: int, number: int
) -> Incident:
    """Returns the problem that a stream in alarm belongs to, a new one when no other explains it.

    A new one is appended to `incidents`. One that is fleet-wide takes in the open problems that are
    part of it.
    """
    for incident in incidents:
        if incident.comes_back(stream, outbreak, now=now):
            return _join(incident, stream, outbreak)
    # A cause of its own explains an alarm better than a fleet that is worse as a whole.
    for incident in sorted(incidents, key=lambda one: one.scope == FLEET):
        if incident.explains(outbreak, now=now):
            return _join(incident, stream, outbreak)
    fresh = Incident(number=number, opened=now, outbreaks={stream: outbreak})
    if outbreak.scope == FLEET:
        _take_in(fresh, incidents)
    incidents.append(fresh)
    return fresh


def set_apart(
    incidents: list[Incident], fleet: Incident, stream: int, outbreak: Outbreak, *, now: int
) -> Incident:
    """Returns the problem that `stream`, taken in by the fleet-wide one, turns out to be by itself:
    the one it was before, with all its streams, or else the one it is sorted into."""
    before = next(
        (one for one in incidents if one.merged_into == fleet.number and stream in one.outbreaks),
        None,
    )
    if before is None:
        del fleet.outbreaks[stream]
        return sort_in(incidents, stream, outbreak, now=now, number=len(incidents))
    before.merged_into = None
    for one in before.outbreaks:
        fleet.outbreaks.pop(one, None)
    before.outbreaks[stream] = outbreak
    return before


def still_open(incidents: Iterable[Incident]) -> list[Incident]:
    return [one for one in incidents if one.ended is None and one.merged_into is None]


def merge_related(incidents: list[Incident]) -> None:
    """Merges the later of two open problems into the earlier one when both have one cause.
    Fleet-wide problems are left out: they take in their parts when they are noticed."""
    lasting = [one for one in still_open(incidents) if one.scope != FLEET]
    for index, later in enumerate(lasting):
        for earlier in lasting[:index]:
            if earlier.merged_into is None and _one_cause(earlier, later):
                later.merged_into = earlier.number
                earlier.outbreaks = {**later.outbreaks, **earlier.outbreaks}
                break


def _one_cause(earlier: Incident, later: Incident) -> bool:
    return any(
        belongs_to(new, known, lasting=True)
        for new in later.outbreaks.values()
        for known in earlier.outbreaks.values()
    )


def _join(incident: Incident, stream: int, outbreak: Outbreak) -> Incident:
    incident.outbreaks.setdefault(stream, outbreak)
    incident.ended = None
    return incident


def _take_in(fleet: Incident, incidents: list[Incident]) -> None:
    whole = next(iter(fleet.outbreaks.values()))
    for incident in still_open(incidents):
        if incident.scope != FLEET and belongs_to(next(iter(incident.outbreaks.values())), whole):
            incident.merged_into = fleet.number
            fleet.outbreaks.update(incident.outbreaks)
