"""Friction history from files a product already has, before the widget is live.

A visit is one person's day: told by the line alone, so that the same file always makes the same
sessions, and running it again, or on after a crash, stores nothing twice.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import msgspec
from django.db import connection, transaction

from vcsm.accounts.models import Account, Browser, Contact, Workspace
from vcsm.events.models import Batch, Session
from vcsm.friction.models import FrictionSignal
from vcsm.friction.session import SessionFriction
from vcsm.friction.thresholds import FrictionSettings
from vcsm.problems.roll_up import count_sessions
from vcsm.problems.segment_lines import Line, NotALine, Person, read_line

SPACE = UUID("6f1c9a54-0d6e-5a3f-9a1b-7c6f2f8b3d21")
WAITING_DAYS = 2
"""A day is stored once events this much later have come: files are only roughly in order."""
MOST_WAITING = 200_000
TOLD = 20

_STORE = """
COPY events_event
(workspace_id, session_id, sequence, position, kind, at, received_at, page, element, body)
FROM STDIN
"""

Visit = tuple[Person, date]


@dataclass(slots=True)
class Imported:
    lines: int = 0
    events: int = 0
    sessions: int = 0
    signals: int = 0
    known_already: int = 0
    """Visits that an earlier run had stored."""
    unreadable: int = 0
    told: list[str] = field(default_factory=list)
    """The first unreadable lines, each with its number and reason."""


def import_lines(
    workspace: Workspace, lines: Iterable[bytes], *, tell: Callable[[Imported], None]
) -> Imported:
    """Stores everything that can be read; `tell` is called after each piece stored."""
    done = Imported()
    waiting: dict[Visit, list[Line]] = {}
    size, latest = 0, date.min
    for number, text in enumerate(lines, start=1):
        done.lines = number
        if not text.strip():
            continue
        try:
            line = read_line(text)
        except NotALine as error:
            done.unreadable += 1
            if len(done.told) < TOLD:
                done.told.append(f"line {number}: {error}")
            continue
        waiting.setdefault((line.person, line.at.date()), []).append(line)
        size += 1
        if line.at.date() > latest or size >= MOST_WAITING:
            latest = max(latest, line.at.date())
            full = size >= MOST_WAITING
            ready = [
                visit
                for visit in waiting
                if full or visit[1] < latest - timedelta(days=WAITING_DAYS)
            ]
            size -= _store(workspace, waiting, ready, done)
            tell(done)
    _store(workspace, waiting, list(waiting), done)
    tell(done)
    return done


def _store(
    workspace: Workspace, waiting: dict[Visit, list[Line]], ready: list[Visit], done: Imported
) -> int:
    taken = 0
    with transaction.atomic():
        sessions = []
        for visit in ready:
            lines = sorted(waiting.pop(visit), key=lambda line: (line.at, line.message))
            taken += len(lines)
            session = _store_visit(workspace, visit, lines, done)
            if session is not None:
                sessions.append(session)
        if sessions:
            count_sessions(workspace_id=workspace.pk, sessions=sessions)
    return taken


def _store_visit(
    workspace: Workspace, visit: Visit, lines: list[Line], done: Imported
) -> UUID | None:
    person, day = visit
    contact = _contact(workspace, person, lines)
    events = list(
        {msgspec.json.encode((line.message, line.event)): line for line in lines if line.event}
        .values()
    )  # fmt: skip
    if not events:
        return None
    session_id = uuid5(SPACE, f"{workspace.pk}:{person.known}:{person.id}:{day}")
    browser, _ = Browser.objects.get_or_create(
        id=uuid5(SPACE, f"{workspace.pk}:{person.known}:{person.id}"),
        defaults={"workspace": workspace, "contact": contact},
    )
    Session.objects.get_or_create(
        id=session_id,
        defaults={
            "workspace": workspace,
            "contact": contact,
            "browser": browser,
            "started_at": events[0].at,
            "seen_at": events[-1].at,
            "page": events[-1].event.page if events[-1].event else "",
            "release": next((line.release for line in lines if line.release), ""),
        },
    )
    sequence = _number(events)
    now = datetime.now(UTC)
    _, new = Batch.objects.get_or_create(
        session_id=session_id,
        sequence=sequence,
        defaults={"events": len(events), "received_at": now},
    )
    if not new:
        done.known_already += 1
        return None
    _copy(workspace.pk, session_id, sequence, events)
    done.events += len(events)
    done.sessions += 1
    done.signals += _judge(workspace, session_id, contact, sequence, events)
    return session_id


def _number(events: list[Line]) -> int:
    """The batch's number in its session: by what is in it, so that a second run finds it."""
    marks = [f"{line.message}:{line.at.isoformat()}" for line in events]
    digest = hashlib.sha256("\n".join(marks).encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1 | 1


def _contact(workspace: Workspace, person: Person, lines: list[Line]) -> Contact:
    external = person.id if person.known else f"anonymous:{person.id}"[:120]
    contact, _ = Contact.objects.get_or_create(workspace=workspace, external_id=external)
    name = next((line.name for line in reversed(lines) if line.name), "")
    email = next((line.email for line in reversed(lines) if line.email), "")
    told = next((line for line in reversed(lines) if line.account), None)
    if told is not None:
        account, _ = Account.objects.get_or_create(
            workspace=workspace,
            external_id=told.account,
            defaults={"name": told.account_name or told.account, "plan": told.plan[:60]},
        )
        contact.account = account
    contact.name, contact.email = name[:200] or contact.name, email[:254] or contact.email
    if told is not None or name or email:
        contact.save()
    return contact


def _copy(workspace_id: int, session_id: UUID, sequence: int, events: list[Line]) -> None:
    with connection.cursor() as cursor, cursor.copy(_STORE) as copy:
        for position, line in enumerate(events[:32_000]):
            assert line.event is not None
            body = msgspec.json.encode(line.event).decode()
            tag = line.event.__struct_config__.tag
            copy.write_row(
                (workspace_id, session_id, sequence, position, tag, line.at, line.at,
                 line.event.page, None, body)
            )  # fmt: skip


def _judge(
    workspace: Workspace, session_id: UUID, contact: Contact, sequence: int, events: list[Line]
) -> int:
    """What the detectors find; nobody reacts to it, since it is long past."""
    friction = SessionFriction(FrictionSettings.from_dict(workspace.friction_settings))
    found = {}
    for position, line in enumerate(events):
        assert line.event is not None
        for signal in friction.feed(line.event, sequence=sequence, position=position):
            found[signal.key] = signal
    rows = [
        FrictionSignal(
            workspace=workspace,
            session_id=session_id,
            contact=contact,
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
        for signal in found.values()
        if not signal.retracted
    ]
    return len(FrictionSignal.objects.bulk_create(rows, ignore_conflicts=True))
