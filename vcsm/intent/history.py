"""What a contact was trying to do, read back: last of a session, and the goal over time."""

import uuid

from vcsm.intent.models import CapturedIntent, Intent


def latest_intent(
    *, session_id: uuid.UUID | None = None, contact_id: int | None = None
) -> CapturedIntent | None:
    """The newest captured intent of the session, or of the contact; asked before implied.

    What a contact said tells more than what their path implies, so an implied intent only
    answers where nothing was asked.
    """
    rows = CapturedIntent.objects.select_related("intent", "corrected_to")
    if session_id is not None:
        rows = rows.filter(session_id=session_id)
    elif contact_id is not None:
        rows = rows.filter(contact_id=contact_id)
    else:
        raise ValueError("Name a session or a contact.")
    newest = rows.order_by("source", "-at", "-pk")
    return newest.first()


def last_message(contact_id: int) -> CapturedIntent | None:
    """What the contact wrote last, as it was understood."""
    rows = CapturedIntent.objects.filter(
        contact_id=contact_id, source=CapturedIntent.Source.ASKED, evidence__kind="said"
    ).select_related("intent", "corrected_to", "corrected_by", "contact__account")
    return rows.defer("vector").order_by("-at", "-pk").first()


def current_intent(captured: CapturedIntent) -> Intent | None:
    """What holds now: the correction where somebody made one, else what was understood."""
    return captured.corrected_to if captured.corrected_at else captured.intent
