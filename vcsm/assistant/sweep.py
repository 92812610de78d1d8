"""Finds what a lost message to the broker left undone: the rows say what still waits.

What failed every time is left alone: it is a dead letter, and a person has it run again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from vcsm.conversations.models import Message
from vcsm.core.backlog import queue_length
from vcsm.core.queue import URGENT, enqueue_all
from vcsm.core.trace import trace_of
from vcsm.dead_letters.stand import arguments_standing
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
        .exclude(session_id__in=arguments_standing("assistant.react", "session_id", UUID))
        .values_list("session_id", flat=True)
        .distinct()[:MOST]
    )
    ids = [str(session_id) for session_id in sessions]
    enqueue_all("assistant.react", [{"session_id": one} for one in ids], traces=map(trace_of, ids))
    messages = (
        Message.objects.filter(
            author=Message.Author.CONTACT, handled_at=None, sent_at__lt=now - PATIENCE
        )
        .exclude(pk__in=arguments_standing("assistant.reply", "message_id", int))
        .order_by("sent_at")
    )
    waiting = messages.values_list("pk", flat=True)[:MOST]
    enqueue_all("assistant.reply", [{"message_id": pk} for pk in waiting])
