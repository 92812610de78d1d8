"""The sessions of an imported history: one for what one id did in one day (UTC).

They are made from the lines alone, so that the same lines always make the same session, and one
that is stored is found again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from vcsm.accounts.models import Browser, Contact, Workspace
from vcsm.events.models import Session
from vcsm.problems.segment_lines import Line, Person

SPACE = UUID("6f1c9a54-0d6e-5a3f-9a1b-7c6f2f8b3d21")
Visit = tuple[Person, date]
Told = Mapping[Visit, Sequence[Line]]
"""The lines of each visit, in order of time."""


def session_of(workspace_id: int, visit: Visit) -> UUID:
    """Returns the session id of a visit, always the same one for the same visit."""
    person, day = visit
    return uuid5(SPACE, f"{workspace_id}:{person.known}:{person.id}:{day}")


def open_sessions(
    workspace: Workspace, told: Told, contacts: Mapping[Person, Contact]
) -> tuple[dict[Visit, Session], set[UUID]]:
    """Returns the session of each visit, and the ids of those that were there before."""
    ids = {visit: session_of(workspace.pk, visit) for visit in told}
    before = Session.objects.in_bulk(list(ids.values()))
    new = {
        visit: _new(workspace, visit, lines, contacts[visit[0]])
        for visit, lines in told.items()
        if ids[visit] not in before
    }
    Browser.objects.bulk_create(
        {session.browser_id: session.browser for session in new.values()}.values(),
        ignore_conflicts=True,
    )
    # Another import may make the same session meanwhile; it then counts as if it had come first.
    Session.objects.bulk_create(new.values(), ignore_conflicts=True)
    known = {visit: before[ids[visit]] for visit in told if visit not in new}
    for visit, session in known.items():
        session.started_at = min(session.started_at, told[visit][0].at)
        session.seen_at = max(session.seen_at, told[visit][-1].at)
    Session.objects.bulk_update(known.values(), ["started_at", "seen_at"], batch_size=500)
    return known | new, set(before)


def _new(workspace: Workspace, visit: Visit, lines: Sequence[Line], contact: Contact) -> Session:
    person = visit[0]
    first, last = lines[0], lines[-1]
    browser = Browser(
        id=uuid5(SPACE, f"{workspace.pk}:{person.known}:{person.id}"),
        workspace=workspace,
        contact=contact,
    )
    return Session(
        id=session_of(workspace.pk, visit),
        workspace=workspace,
        contact=contact,
        browser=browser,
        started_at=first.at,
        seen_at=last.at,
        page=last.event.page if last.event else "",
        release=next((line.release for line in lines if line.release), ""),
    )
