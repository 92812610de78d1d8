"""One list of everything around a contact, newest first, read in bounded pieces.

Lines are ordered by (time, rank of the source, key), because times alone are not unique: a whole
batch of events can carry one millisecond. The cursor is that triple, so no line is skipped or shown
twice.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from vcsm.escalation.models import Escalation
from vcsm.events.models import Session
from vcsm.events.timeline import EventPlace, events_before

MAX_LINES = 200
SESSIONS_READ = 20
"""How many of the contact's latest sessions have their events read."""

EVENTS_RANK = 0
"""The rank of events: of one instant, they come before what was made of them."""


class BadCursor(ValueError):
    """The cursor was not made by this timeline."""


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened, in words for a member."""

    at: datetime
    rank: int
    key: str
    kind: str
    """`event`, `signal`, `intent`, `decision`, `nudge`, `message`, `takeover` or `verdict`."""
    title: str
    detail: str = ""
    page: str = ""
    tone: str = "plain"
    """How the line is coloured: `plain`, `bad`, `warn`, `good` or `person`."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What only this kind has: reason and rule, probability, severity, state."""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one table that belong on the timeline."""

    rank: int
    rows: "QuerySet[Any, Any]"
    at: str
    """The column that holds the line's time."""
    line: Callable[[Any, int], TimelineLine]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A piece of the timeline; `older` is the next piece's cursor, or None at the end."""

    lines: list[TimelineLine]
    older: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position on the timeline, written as `time|rank|key`."""

    at: datetime
    rank: int
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()}|{self.rank}|{self.key}"


NEWEST = Cursor(datetime.max.replace(tzinfo=UTC), 99, "")
"""The cursor before which everything comes, even what a wrong clock has put into the future."""


def read_timeline(
    escalation: Escalation, sources: list[Source], *, before: Cursor, limit: int
) -> Timeline:
    """Returns the newest `limit` lines (at most MAX_LINES) before the cursor, from the events and
    all `sources`. Raises BadCursor when the key does not fit its source."""
    limit = min(limit, MAX_LINES)
    found = list(_event_lines(escalation, before, limit + 1))
    for source in sources:
        found += _source_lines(source, before, limit + 1)
    newest = heapq.nlargest(limit + 1, found, key=_order)
    lines = newest[:limit]
    more = len(newest) > limit
    return Timeline(lines, str(_cursor(lines[-1])) if more else None)


def parse_cursor(text: str) -> Cursor:
    """Reads a cursor from its text. Raises `BadCursor`."""
    try:
        at, rank, key = text.split("|", 2)
        cursor = Cursor(datetime.fromisoformat(at), int(rank), key)
        if cursor.rank == EVENTS_RANK:
            _event_place(cursor)
    except ValueError as error:
        raise BadCursor(text) from error
    if cursor.at.tzinfo is None:
        raise BadCursor(text)
    return cursor


def row_key(row: Model) -> str:
    """Returns the row's key as text that sorts as PostgreSQL sorts the key."""
    return f"{row.pk:020d}" if isinstance(row.pk, int) else str(row.pk)


def _cursor(line: TimelineLine) -> Cursor:
    return Cursor(line.at, line.rank, line.key)


def _order(line: TimelineLine) -> tuple[datetime, int, str]:
    return (line.at, line.rank, line.key)


def _source_lines(source: Source, before: Cursor, limit: int) -> Iterator[TimelineLine]:
    later = Q(**{f"{source.at}__lt": before.at})
    if source.rank < before.rank:
        later = Q(**{f"{source.at}__lte": before.at})
    elif source.rank == before.rank:
        later |= Q(**{source.at: before.at, "pk__lt": _primary_key(source.rows, before.key)})
    for row in source.rows.filter(later).order_by(f"-{source.at}", "-pk")[:limit]:
        yield source.line(row, source.rank)


def _primary_key(rows: "QuerySet[Any, Any]", key: str) -> Any:
    model: type[Model] = rows.model
    try:
        return model._meta.pk.to_python(key)
    except ValidationError as error:
        raise BadCursor(key) from error


def _event_lines(escalation: Escalation, before: Cursor, limit: int) -> Iterator[TimelineLine]:
    sessions = list(
        Session.objects.filter(contact_id=escalation.contact_id)
        .order_by("-started_at")
        .values_list("pk", flat=True)[:SESSIONS_READ]
    )
    place = _event_place(before) if before.rank == EVENTS_RANK else EventPlace(before.at)
    for event in events_before(session_ids=sessions, before=place, limit=limit):
        at = event.place
        yield TimelineLine(
            at=at.at,
            rank=EVENTS_RANK,
            key=f"{at.session_id}.{at.sequence:010d}.{at.position:05d}",
            kind="event",
            title=event.text,
            page=event.page,
            tone="bad" if event.kind in ("error", "verdict") else "plain",
            facts={"event": event.kind},
        )


def _event_place(cursor: Cursor) -> EventPlace:
    session, sequence, position = cursor.key.split(".")
    return EventPlace(cursor.at, UUID(session), int(sequence), int(position))
