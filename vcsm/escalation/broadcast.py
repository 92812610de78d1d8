"""Tells members' consoles and contacts' pages, after commit, that something has changed."""

from vcsm.accounts.models import Contact
from vcsm.core.live import members_group, publish_on_commit
from vcsm.escalation.models import Escalation
from vcsm.events.models import Session
from vcsm.intent.models import CapturedIntent
from vcsm.knowledge.answered import LatestAnswer
from vcsm.success.broadcast import home_changed


def escalation_changed(escalation: Escalation) -> None:
    publish_on_commit(
        members_group(escalation.workspace_id),
        {"what": "escalation", "id": str(escalation.pk), "state": escalation.state},
    )
    home_changed(escalation.contact_id)


def escalations_erased(contact: Contact) -> None:
    """Makes members who have one of the contact's escalations on screen look again.

    Must be called inside the erasing transaction, while the rows still exist.
    """
    for escalation_id in Escalation.objects.filter(contact=contact).values_list("pk", flat=True):
        publish_on_commit(
            members_group(contact.workspace_id),
            {"what": "escalation", "id": str(escalation_id), "state": "erased"},
        )


def session_moved(session: Session) -> None:
    """Makes open timelines read again, as something was seen or decided in the session."""
    publish_on_commit(
        members_group(session.workspace_id),
        {"what": "signal", "session": str(session.pk), "contact": session.contact_id},
    )


def message_understood(
    session: Session, said: CapturedIntent, passage: LatestAnswer | None
) -> None:
    """Sends how a message was understood, and the passage found for it, before any decision.

    Both travel with the hint, in the format of `console/api/understood.py`: fetching them would
    take the page as long as everything that led here.
    """
    publish_on_commit(
        members_group(session.workspace_id),
        {
            "what": "understood",
            "session": str(session.pk),
            "contact": session.contact_id,
            "message": {
                "id": said.pk,
                "text": said.text,
                "outcome": said.outcome,
                "alternatives": said.alternatives,
            },
            "passage": passage
            and {
                "question": passage.question,
                "title": passage.title,
                "heading": passage.heading,
                "text": passage.text,
                "url": passage.url,
                "known": passage.known,
            },
        },
    )


def deciding_changed(workspace_id: int) -> None:
    """Makes open pages read notices, the threshold, members' hours and audits again."""
    publish_on_commit(members_group(workspace_id), {"what": "deciding"})
