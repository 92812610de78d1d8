"""Help put before a contact unasked: once per session and cause.

Some nudges are withheld, by a draw that anybody can repeat (`draw_of`): comparing those contacts
with the others shows what nudges do. A contact who dismissed one is left in peace for a while.
"""

from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from vcsm.conversations import broadcast
from vcsm.conversations.models import Nudge, NudgeSettings
from vcsm.conversations.notices import notice_of
from vcsm.events.models import Session
from vcsm.governance.standing import is_stopped
from vcsm.governance.use_cases import OFFER_HELP, TELL_PROBLEM

# Raw SQL: they run for every struggle, and building them with the ORM would cost more than running.
_OFFERED = "SELECT * FROM conversations_nudge WHERE session_id = %s"
_SETTINGS = "SELECT * FROM conversations_nudgesettings WHERE workspace_id = %s"
_DISMISSED = """
SELECT EXISTS (SELECT FROM conversations_nudge
  WHERE contact_id = %s AND state = 'dismissed' AND answered_at > %s)
"""


def offer_nudge(
    *,
    session: Session,
    cause: str,
    page: str,
    element: str,
    title: str,
    text: str,
    source: dict[str, str] | None,
    now: datetime,
) -> Nudge:
    """Stores the nudge and, unless it is withheld or quiet, shows it in the page after commit.

    If one was offered for this cause already, that one is returned unchanged. Lock the contact:
    otherwise IntegrityError is raised when another worker offers one at the same time.
    """
    if known := Nudge.objects.filter(session=session, cause=cause).first():
        return known
    settings = settings_of(session.workspace_id)
    draw = draw_of(seed=settings.seed, session_id=session.pk, cause=cause)
    state = _state(session, settings, draw, now)
    nudge = Nudge.objects.create(
        session=session,
        cause=cause,
        workspace_id=session.workspace_id,
        contact_id=session.contact_id,
        page=page,
        element=element,
        title=title,
        text=text,
        source=source,
        state=state,
        # Nothing is drawn for a contact who would see no nudge in any case.
        withhold_chance=0 if state == Nudge.State.QUIET else settings.withhold,
        draw=None if state == Nudge.State.QUIET else draw,
        offered_at=now,
    )
    if state == Nudge.State.OFFERED:
        broadcast.nudge_offered(nudge)
    return nudge


def nudges_of(session_id: UUID) -> list[Nudge]:
    """Returns all nudges of the session, in whatever state."""
    return list(Nudge.objects.raw(_OFFERED, [session_id]))


def settings_of(workspace_id: int) -> NudgeSettings:
    """Returns the workspace's settings, or the defaults."""
    found = NudgeSettings.objects.raw(_SETTINGS, [workspace_id])
    return next(iter(found), NudgeSettings(workspace_id=workspace_id))


def draw_of(*, seed: str, session_id: UUID, cause: str) -> float:
    """Returns a number in [0, 1), always the same for the same input. Session ids are random."""
    digest = blake2b(f"{seed}\n{session_id}\n{cause}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest) >> 11) / 2**53


def _state(session: Session, settings: NudgeSettings, draw: float, now: datetime) -> "Nudge.State":
    since = now - timedelta(minutes=settings.quiet_minutes)
    with connection.cursor() as cursor:
        cursor.execute(_DISMISSED, [session.contact_id, since])
        (dismissed,) = cursor.fetchone()
    if dismissed:
        return Nudge.State.QUIET
    return Nudge.State.WITHHELD if draw < settings.withhold else Nudge.State.OFFERED


_AFTER = {
    Nudge.State.SHOWN: [Nudge.State.OFFERED],
    Nudge.State.ACCEPTED: [Nudge.State.OFFERED, Nudge.State.SHOWN],
    Nudge.State.DISMISSED: [Nudge.State.OFFERED, Nudge.State.SHOWN],
}


def answer_nudge(*, nudge_id: UUID, browser_id: UUID, state: str, now: datetime) -> None:
    """Stores what became of a nudge; another browser's nudge, or a step back, changes nothing."""
    Nudge.objects.filter(
        id=nudge_id, session__browser_id=browser_id, state__in=_AFTER[Nudge.State(state)]
    ).update(state=state, answered_at=now)


def open_nudges(session: Session) -> list[Nudge]:
    """Returns nudges that were offered but not yet seen, for a page that has just loaded.

    Those that a kill switch has stopped since are left out.
    """
    waiting = list(
        Nudge.objects.filter(session=session, state=Nudge.State.OFFERED)
        .select_related("session")
        .order_by("offered_at")
    )
    return [nudge for nudge in waiting if not is_stopped(nudge.workspace_id, _use_case(nudge))]


def _use_case(nudge: Nudge) -> str:
    return TELL_PROBLEM if notice_of(nudge.cause) else OFFER_HELP
