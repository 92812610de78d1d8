"""Finds or creates the session that a hello belongs to.

One statement finds it with all that a greeting needs, so that thousands of widgets which come back
at once after a deploy are greeted soon.
"""

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
    """A session, read with its contact, account and browser, and what waits for it."""

    session: Session
    sequence: int
    """Number of its last stored batch; 0: none."""
    replay: bool
    """Whether the workspace records sessions."""
    asked: bool
    """Whether its recording has been asked for."""
    nudged: bool
    """Whether a nudge waits to be shown."""


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
    """Creates a session; if the browser is new too, it belongs to the contact `newcomer` returns.

    Raises `NotYours` if the browser is another workspace's, and IntegrityError if an id is taken
    by a row that cannot be seen.
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
