"""What a contact was trying to do, read back: last of a session, and the goal over time."""

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
    """The newest captured intent of the session, or of the contact; asked before implied.

    What a contact said tells more than what their path implies, so an implied intent only
    answers where nothing was asked.
    """
    rows = CapturedIntent.objects.select_related("intent", "corrected_to")
    if session_id is not None:
        # In most sessions there is none, and asking for the whole row costs far more.
        with connection.cursor() as cursor:
            cursor.execute(_LATEST, [session_id])
            newest = cursor.fetchone()
        return rows.get(pk=newest[0]) if newest else None
    if contact_id is not None:
        return rows.filter(contact_id=contact_id).order_by("source", "-at", "-pk").first()
    raise ValueError("Name a session or a contact.")


def last_message(contact_id: int) -> CapturedIntent | None:
    """What the contact wrote last, as it was understood."""
    rows = CapturedIntent.objects.filter(
        contact_id=contact_id, source=CapturedIntent.Source.ASKED, evidence__kind="said"
    ).select_related("intent", "corrected_to", "corrected_by", "contact__account")
    return rows.defer("vector").order_by("-at", "-pk").first()


def current_intent(captured: CapturedIntent) -> Intent | None:
    """What holds now: the correction where somebody made one, else what was understood."""
    return captured.corrected_to if captured.corrected_at else captured.intent
