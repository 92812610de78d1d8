"""Corrects what was understood, on behalf of a member or of the contact. Needs no encoder."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from vcsm.intent.models import CapturedIntent, Intent, Taxonomy


def correct_intent(
    *, captured_id: int, intent_id: int | None, member_id: int | None, at: datetime
) -> CapturedIntent:
    """Corrects or confirms the intent that was understood.

    `member_id` is None when the contact did it; `intent_id` is None when it was none of the
    intents. What is confirmed calibrates the workspace's model.

    Raises CapturedIntent.DoesNotExist for an unknown id and Intent.DoesNotExist for an intent of
    another workspace.
    """
    with transaction.atomic():
        captured = CapturedIntent.objects.select_for_update().get(pk=captured_id)
        if intent_id is not None:
            Intent.objects.get(pk=intent_id, workspace_id=captured.workspace_id)
        captured.corrected_to_id = intent_id
        captured.corrected_by_id = member_id
        captured.corrected_at = at
        captured.save(update_fields=["corrected_to", "corrected_by", "corrected_at"])
        Taxonomy.objects.filter(pk=captured.workspace_id).update(confirmed=F("confirmed") + 1)
    return captured
