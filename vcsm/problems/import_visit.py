"""Stores visits of an imported history, many at once, and only what earlier files did not hold."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from django.db import connection

from vcsm.accounts.models import Workspace
from vcsm.events import kinds
from vcsm.events.models import Batch, Event, Session
from vcsm.friction.signal import Place
from vcsm.friction.thresholds import FrictionSettings
from vcsm.problems.import_judged import Placed, judge, store_signals, take_back_others
from vcsm.problems.import_people import contacts_of
from vcsm.problems.import_sessions import Told, open_sessions
from vcsm.problems.roll_up import recall_visits
from vcsm.problems.segment_lines import Line

MOST_IN_A_BATCH = 32_000
"""A position is a small integer in the database."""

_STORE = """
COPY events_event
(workspace_id, session_id, sequence, position, kind, at, received_at, page, element, body)
FROM STDIN
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of some visits. `sessions` are those that had something new."""

    sessions: list[UUID]
    events: int
    signals: int
    known: int
    """Visits whose events had all been stored by an earlier run."""


@dataclass(frozen=True, slots=True)
class _News:
    """What a visit has that is not stored yet (`placed`), and what is (`past`)."""

    session: Session
    placed: list[tuple[Place, Line]]
    past: list[Placed]

    def events(self) -> Iterator[Placed]:
        yield from self.past
        for ref, line in self.placed:
            assert line.event is not None
            yield ref, line.event


def store_visits(workspace: Workspace, visits: Told) -> Stored:
    """Stores the visits' new events and judges these visits. For use inside a transaction."""
    contacts = contacts_of(workspace, visits)
    told = {visit: lines for visit, of_day in visits.items() if (lines := _once(of_day))}
    sessions, before = open_sessions(workspace, told, contacts)
    stored = set(Batch.objects.filter(session__in=before).values_list("session_id", "sequence"))
    news = []
    for visit, lines in told.items():
        session, sequence = sessions[visit], _number(lines)
        if (session.pk, sequence) in stored:
            continue
        past = _past(session.pk) if session.pk in before else []
        if events := _unknown(lines, past):
            news.append(_News(session, _place(events, sequence), past))
    return Stored(
        sessions=[one.session.pk for one in news],
        events=_store(news),
        signals=_judge(workspace, news),
        known=len(told) - len(news),
    )


def _once(lines: Iterable[Line]) -> list[Line]:
    """Returns the lines that hold an event, each message once, even where it was sent again."""
    events: dict[object, Line] = {}
    for line in lines:
        if line.event is not None:
            events.setdefault(line.message or msgspec.json.encode(line.event), line)
    return list(events.values())


def _number(told: Sequence[Line]) -> int:
    """Returns the batch's number in its session, made from its content: a second run finds it."""
    marks = [f"{line.message}:{line.at.isoformat()}" for line in told]
    digest = hashlib.sha256("\n".join(marks).encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 2 | 1


def _past(session_id: UUID) -> list[Placed]:
    rows = Event.objects.filter(session_id=session_id).order_by("at", "sequence", "position")
    return [
        ((sequence, position), msgspec.convert(body, kinds.Any))
        for sequence, position, body in rows.values_list("sequence", "position", "body")
    ]


def _unknown(told: Sequence[Line], past: Sequence[Placed]) -> list[Line]:
    """Returns the lines not stored yet. Of several alike, as many as are stored are known."""
    known = Counter(_mark(event) for _, event in past)
    events = []
    for line in told:
        assert line.event is not None
        mark = _mark(line.event)
        known[mark] -= 1
        if known[mark] < 0:
            events.append(line)
    return events


def _mark(event: kinds.Any) -> tuple[object, ...]:
    said = (getattr(event, name, "") for name in ("name", "query", "message", "title"))
    return (event.__struct_config__.tag, event.at, event.page, *said)


def _place(events: Sequence[Line], sequence: int) -> list[tuple[Place, Line]]:
    return [
        ((sequence + number // MOST_IN_A_BATCH, number % MOST_IN_A_BATCH), line)
        for number, line in enumerate(events)
    ]


def _store(news: Sequence[_News]) -> int:
    now = datetime.now(UTC)
    Batch.objects.bulk_create(
        Batch(session=one.session, sequence=sequence, events=size, received_at=now)
        for one in news
        for sequence, size in Counter(sequence for (sequence, _), _ in one.placed).items()
    )
    with connection.cursor() as cursor, cursor.copy(_STORE) as copy:
        for one in news:
            for (sequence, position), line in one.placed:
                assert line.event is not None
                body = msgspec.json.encode(line.event).decode()
                tag = line.event.__struct_config__.tag
                copy.write_row(
                    (one.session.workspace_id, one.session.pk, sequence, position, tag, line.at,
                     line.at, line.event.page, None, body)
                )  # fmt: skip
    return sum(len(one.placed) for one in news)


def _judge(workspace: Workspace, news: Collection[_News]) -> int:
    settings = FrictionSettings.from_dict(workspace.friction_settings)
    found = []
    for one in news:
        standing = judge(one.events(), settings)
        if one.past:
            recall_visits(workspace_id=workspace.pk, session=one.session.pk)
            take_back_others(one.session, standing)
        found += [(one.session, signal) for signal in standing]
    store_signals(found)
    return len(found)
