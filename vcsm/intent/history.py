"""Reads back what a contact was trying to do."""

import uuid

from django.db import connection

from vcsm.intent.models import CapturedIntent, Intent

_LATEST = """
SELECT id FROM intent_capturedintent
WHERE session_id = %s ORDER BY source, at DESC, id DESC LIMIT 1
"""


def latest_intent(
    *, session_id: uuid.UUID | None = None, contact_id: int | None = None
) -> CapturedIntent | None:
    """Returns the newest captured intent of a session, or of a contact; None if there is none.

    Asked intents come before implied ones, because what a contact says tells more than what their
    path implies. Raises ValueError when neither a session nor a contact is given.
    """
    rows = CapturedIntent.objects.select_related("intent", "corrected_to")
    if session_id is not None:
        # Most sessions have none, and looking for the id alone is far cheaper than for the whole
        # row.
        with connection.cursor() as cursor:
            cursor.execute(_LATEST, [session_id])
            newest = cursor.fetchone()
        return rows.get(pk=newest[0]) if newest else None
    if contact_id is not None:
        return rows.filter(contact_id=contact_id).order_by("source", "-at", "-pk").first()
    raise ValueError("Name a session or a contact.")


def last_message(contact_id: int) -> CapturedIntent | None:
    """Returns the contact's last written message as it was understood; None if there is none."""
    rows = CapturedIntent.objects.filter(
        contact_id=contact_id, source=CapturedIntent.Source.ASKED, evidence__kind="said"
    ).select_related("intent", "corrected_to", "corrected_by", "contact__account")
    return rows.defer("vector").order_by("-at", "-pk").first()


def current_intent(captured: CapturedIntent) -> Intent | None:
    """Returns the intent that holds now: the correction if there is one, else what was understood.

    None means none of the intents.
    """
    return captured.corrected_to if captured.corrected_at else captured.intent
