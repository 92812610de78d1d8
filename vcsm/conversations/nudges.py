"""Help put in front of a contact unasked: once per session and cause."""

from datetime import datetime
from uuid import UUID

from vcsm.conversations import broadcast
from vcsm.conversations.models import Nudge
from vcsm.events.models import Session


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
    """Stores the nudge and shows it in the contact's page after commit."""
    nudge, new = Nudge.objects.get_or_create(
        session=session,
        cause=cause,
        defaults={
            "workspace_id": session.workspace_id,
            "contact_id": session.contact_id,
            "page": page,
            "element": element,
            "title": title,
            "text": text,
            "source": source,
            "offered_at": now,
        },
    )
    if new:
        nudge.session = session
        broadcast.nudge_offered(nudge)
    return nudge


_AFTER = {
    Nudge.State.SHOWN: [Nudge.State.OFFERED],
    Nudge.State.ACCEPTED: [Nudge.State.OFFERED, Nudge.State.SHOWN],
    Nudge.State.DISMISSED: [Nudge.State.OFFERED, Nudge.State.SHOWN],
}


def answer_nudge(*, nudge_id: UUID, browser_id: UUID, state: str, now: datetime) -> None:
    """Notes what became of a nudge; another browser's nudge, or a step back, changes nothing."""
    Nudge.objects.filter(
        id=nudge_id, session__browser_id=browser_id, state__in=_AFTER[Nudge.State(state)]
    ).update(state=state, answered_at=now)


def open_nudges(session: Session) -> list[Nudge]:
    """Offered and not yet seen: what a page that has just loaded must show."""
    return list(
        Nudge.objects.filter(session=session, state=Nudge.State.OFFERED)
        .select_related("session")
        .order_by("offered_at")
    )
