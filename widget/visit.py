"""The session that a hello belongs to: found in one statement with all that a greeting needs, so
that thousands of widgets which come back at once after a deploy are greeted soon; or made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from vcsm.accounts.models import Browser, Contact
from vcsm.conversations.models import Nudge
from vcsm.events.models import Batch, Session
from vcsm.events.sessions import NotYours
from vcsm.replay.ask import OPEN_FOR
from vcsm.replay.models import ReplayAsk, ReplaySwitch
from vcsm.replay.switch import is_on
from widget.keys import Door
from widget.protocol import Hello


@dataclass(frozen=True, slots=True)
class Visit:
    """A session, its contact, their account and their browser read with it; and what waits."""

    session: Session
    sequence: int
    """The last batch that is stored of it; 0: none."""
    replay: bool
    """The workspace records."""
    asked: bool
    """What was recorded is asked for."""
    nudged: bool
    """A nudge waits to be seen."""


def find_visit(session_id: UUID, *, now: datetime) -> Visit | None:
    last = Batch.objects.filter(session=OuterRef("pk")).order_by("-sequence").values("sequence")[:1]
    asks = ReplayAsk.objects.filter(session=OuterRef("pk"), asked_at__gt=now - OPEN_FOR)
    nudges = Nudge.objects.filter(session=OuterRef("pk"), state=Nudge.State.OFFERED)
    found = (
        Session.objects.select_related("contact__account", "browser")
        .annotate(
            last=Subquery(last),
            replay=Exists(ReplaySwitch.objects.filter(workspace=OuterRef("workspace"))),
            asked=Exists(asks),
            nudged=Exists(nudges),
        )
        .filter(id=session_id)
        .first()
    )
    if found is None:
        return None
    row = cast(Any, found)
    return Visit(found, row.last or 0, row.replay, row.asked, row.nudged)


@transaction.atomic
def make_visit(
    door: Door, hello: Hello, user_agent: str, now: datetime, *, newcomer: Callable[[], Contact]
) -> Visit:
    """A new session; where the browser is new too, it is `newcomer`'s.

    Raises `NotYours` when the browser is another workspace's, IntegrityError when one of the ids
    is taken by what cannot be seen.
    """
    browser = (
        Browser.objects.select_related("contact__account").filter(id=UUID(hello.browser)).first()
    )
    if browser is None:
        browser = Browser(
            id=UUID(hello.browser), workspace_id=door.workspace_id, contact=newcomer()
        )
        browser.save(force_insert=True)
    if browser.workspace_id != door.workspace_id:
        raise NotYours
    session = Session(
        id=UUID(hello.session),
        workspace_id=door.workspace_id,
        contact=browser.contact,
        browser=browser,
        started_at=now,
        seen_at=now,
        page=hello.page,
        user_agent=user_agent[:300],
        release=hello.release,
    )
    session.save(force_insert=True)
    return Visit(session, 0, replay=is_on(door.workspace_id), asked=False, nudged=False)
