"""Stores one visit of an imported history: one person's day, told by the lines alone, so that the
same lines always make the same session, and what is stored is found again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

import msgspec
from django.db import connection

from vcsm.accounts.models import Browser, Contact, Workspace
from vcsm.events import kinds
from vcsm.events.models import Batch, Event, Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.session import SessionFriction
from vcsm.friction.signal import Ref, Signal
from vcsm.friction.thresholds import FrictionSettings
from vcsm.problems.import_people import contact_of
from vcsm.problems.roll_up import recall_visits
from vcsm.problems.segment_lines import Line, Person

SPACE = UUID("6f1c9a54-0d6e-5a3f-9a1b-7c6f2f8b3d21")
MOST_IN_A_BATCH = 32_000
"""A position is a small number in the database."""
_CHANGED = ("severity", "count", "started_at", "last_at", "evidence", "facts", "retracted_at")

_STORE = """
COPY events_event
(workspace_id, session_id, sequence, position, kind, at, received_at, page, element, body)
FROM STDIN
"""

Visit = tuple[Person, date]
Placed = tuple[Ref, kinds.Any]
"""An event and where it stands in its session."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of one visit. `session` is empty where nothing new was stored."""

    session: UUID | None = None
    events: int = 0
    signals: int = 0
    known: bool = False
    """Whether all its events had been stored by an earlier run."""


def session_of(workspace_id: int, visit: Visit) -> UUID:
    person, day = visit
    return uuid5(SPACE, f"{workspace_id}:{person.known}:{person.id}:{day}")


def store_visit(workspace: Workspace, visit: Visit, lines: Sequence[Line]) -> Stored:
    """`lines` in the order of time. Of what another file has told already only the rest is new.
    For use inside a transaction."""
    contact = contact_of(workspace, visit[0], lines)
    told = _once(lines)
    if not told:
        return Stored()
    session, fresh = _session(workspace, visit, contact, told)
    sequence = _number(told)
    if Batch.objects.filter(session=session, sequence=sequence).exists():
        return Stored(known=True)
    past = [] if fresh else _past(session.pk)
    events = _unknown(told, past)
    if not events:
        return Stored(known=True)
    if past:
        recall_visits(workspace_id=workspace.pk, session=session.pk)
    placed = _place(events, sequence)
    _copy(session, placed)
    signals = _judge(workspace, session, past, placed)
    return Stored(session.pk, len(placed), signals)


def _once(lines: Iterable[Line]) -> list[Line]:
    """The lines that tell of an event, each message once, also where it was sent again."""
    events: dict[object, Line] = {}
    for line in lines:
        if line.event is not None:
            events.setdefault(line.message or msgspec.json.encode(line.event), line)
    return list(events.values())


def _session(
    workspace: Workspace, visit: Visit, contact: Contact, told: Sequence[Line]
) -> tuple[Session, bool]:
    person = visit[0]
    first, last = told[0], told[-1]
    browser, _ = Browser.objects.get_or_create(
        id=uuid5(SPACE, f"{workspace.pk}:{person.known}:{person.id}"),
        defaults={"workspace": workspace, "contact": contact},
    )
    session, fresh = Session.objects.get_or_create(
        id=session_of(workspace.pk, visit),
        defaults={
            "workspace": workspace,
            "contact": contact,
            "browser": browser,
            "started_at": first.at,
            "seen_at": last.at,
            "page": last.event.page if last.event else "",
            "release": next((line.release for line in told if line.release), ""),
        },
    )
    if not fresh:
        session.started_at = min(session.started_at, first.at)
        session.seen_at = max(session.seen_at, last.at)
        session.save(update_fields=["started_at", "seen_at"])
    return session, fresh


def _number(told: Sequence[Line]) -> int:
    """The batch's number in its session: by what is in it, so that a second run finds it."""
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
    """Of several that cannot be told apart, as many as are stored are known."""
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


def _place(events: Sequence[Line], sequence: int) -> list[tuple[Ref, Line]]:
    return [
        ((sequence + number // MOST_IN_A_BATCH, number % MOST_IN_A_BATCH), line)
        for number, line in enumerate(events)
    ]


def _copy(session: Session, placed: Sequence[tuple[Ref, Line]]) -> None:
    now = datetime.now(UTC)
    sizes = Counter(sequence for (sequence, _), _ in placed)
    Batch.objects.bulk_create(
        Batch(session=session, sequence=sequence, events=size, received_at=now)
        for sequence, size in sizes.items()
    )
    with connection.cursor() as cursor, cursor.copy(_STORE) as copy:
        for (sequence, position), line in placed:
            assert line.event is not None
            body = msgspec.json.encode(line.event).decode()
            tag = line.event.__struct_config__.tag
            copy.write_row(
                (session.workspace_id, session.pk, sequence, position, tag, line.at, line.at,
                 line.event.page, None, body)
            )  # fmt: skip


def _judge(
    workspace: Workspace,
    session: Session,
    past: Sequence[Placed],
    placed: Sequence[tuple[Ref, Line]],
) -> int:
    """What the detectors find in the whole visit; nobody reacts to it, since it is long past."""
    new = [(ref, line.event) for ref, line in placed if line.event is not None]
    friction = SessionFriction(FrictionSettings.from_dict(workspace.friction_settings))
    found: dict[str, Signal] = {}
    for (sequence, position), event in sorted([*past, *new], key=lambda one: one[1].at):
        for signal in friction.feed(event, sequence=sequence, position=position):
            found[signal.key] = signal
    standing = [signal for signal in found.values() if not signal.retracted]
    if past:
        earlier = FrictionSignal.objects.filter(session=session, retracted_at=None)
        gone = earlier.exclude(key__in=[signal.key for signal in standing])
        gone.update(retracted_at=datetime.now(UTC))
    rows = FrictionSignal.objects.bulk_create(
        (_row(session, signal) for signal in standing),
        update_conflicts=True,
        unique_fields=["session", "key"],
        update_fields=_CHANGED,
    )
    return len(rows)


def _row(session: Session, signal: Signal) -> FrictionSignal:
    return FrictionSignal(
        workspace_id=session.workspace_id,
        session=session,
        contact_id=session.contact_id,
        kind=signal.kind,
        key=signal.key,
        element=signal.element.id if signal.element else "",
        element_name=signal.element.name if signal.element else "",
        page=signal.page,
        severity=signal.severity,
        count=signal.count,
        started_at=datetime.fromtimestamp(signal.started_at / 1000, UTC),
        last_at=datetime.fromtimestamp(signal.last_at / 1000, UTC),
        evidence=[list(one) for one in signal.evidence],
        facts=signal.facts,
        reacted_revision=1,
    )
