"""The latest session with events: the set-up page waits for the first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vcsm.events.models import Batch, Session


@dataclass(frozen=True, slots=True)
class Arrival:
    """The latest session with stored events; `at` is when its last batch with events arrived."""

    session: UUID
    at: datetime
    page: str
    contact: str
    identified: bool
    release: str


def latest_arrival(workspace_id: int) -> Arrival | None:
    """Returns the latest arrival among the five newest sessions, or None if none has events."""
    sessions = Session.objects.filter(workspace_id=workspace_id).select_related("contact")
    for session in sessions.order_by("-started_at")[:5]:
        batch = Batch.objects.filter(session=session, events__gt=0).order_by("-sequence").first()
        if batch is not None:
            return Arrival(
                session=session.pk,
                at=batch.received_at,
                page=session.page,
                contact=str(session.contact),
                identified=session.contact.external_id is not None,
                release=session.release,
            )
    return None
