"""Finds what a lost message to the broker left undone: the rows say what still waits."""

from datetime import datetime, timedelta

from django.db.models import F

from vcsm.conversations.models import Message
from vcsm.core.backlog import queue_length
from vcsm.core.queue import URGENT, enqueue
from vcsm.friction.models import FrictionSignal

PATIENCE = timedelta(seconds=5)
"""What is younger is on its way."""
HORIZON = timedelta(days=1)
"""Older friction is history: reacting to it now would startle, not help."""
MOST = 500


def sweep(*, now: datetime) -> None:
    """Enqueues the reactions and replies that should have happened; each is safe to run twice."""
    if queue_length(URGENT) >= MOST:
        # The workers are behind, not the messages lost: the same ones again would only add to it.
        return
    late = {"last_at__lt": now - PATIENCE, "last_at__gt": now - HORIZON}
    sessions = (
        FrictionSignal.objects.filter(reacted_revision__lt=F("revision"), **late)
        .values_list("session_id", flat=True)
        .distinct()[:MOST]
    )
    for session_id in sessions:
        enqueue("assistant.react", queue=URGENT, session_id=str(session_id))
    messages = Message.objects.filter(
        author=Message.Author.CONTACT, handled_at=None, sent_at__lt=now - PATIENCE
    ).order_by("sent_at")
    for message_id in messages.values_list("pk", flat=True)[:MOST]:
        enqueue("assistant.reply", queue=URGENT, message_id=message_id)
