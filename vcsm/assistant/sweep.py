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
from vcsm.intent.choose import ANSWER, arguments_of
from vcsm.intent.models import Choice

PATIENCE = timedelta(seconds=5)
"""What is younger is on its way."""
HORIZON = timedelta(days=1)
"""Older friction is history, and so is an older choice: what it is met with would startle."""
MOST = 500


def sweep(*, now: datetime) -> None:
    """Enqueues the reactions and replies that should have happened; each is safe to run twice."""
    if queue_length(URGENT) >= MOST:
        # The workers are behind, not the messages lost: the same ones again would only add to it.
        return
    _react(now)
    _reply(now)
    _answer_choices(now)


def _react(now: datetime) -> None:
    late = {"last_at__lt": now - PATIENCE, "last_at__gt": now - HORIZON}
    sessions = (
        FrictionSignal.objects.filter(reacted_revision__lt=F("revision"), **late)
        .exclude(session_id__in=arguments_standing("assistant.react", "session_id", UUID))
        .values_list("session_id", flat=True)
        .distinct()[:MOST]
    )
    ids = [str(session_id) for session_id in sessions]
    enqueue_all("assistant.react", [{"session_id": one} for one in ids], traces=map(trace_of, ids))


def _reply(now: datetime) -> None:
    messages = (
        Message.objects.filter(
            author=Message.Author.CONTACT, handled_at=None, sent_at__lt=now - PATIENCE
        )
        .exclude(pk__in=arguments_standing("assistant.reply", "message_id", int))
        .order_by("sent_at")
    )
    waiting = messages.values_list("pk", flat=True)[:MOST]
    enqueue_all("assistant.reply", [{"message_id": pk} for pk in waiting])


def _answer_choices(now: datetime) -> None:
    late = {"chosen_at__lt": now - PATIENCE, "chosen_at__gt": now - HORIZON}
    choices = (
        Choice.objects.filter(answered_at=None, **late)
        .exclude(pk__in=arguments_standing(ANSWER, "choice", UUID))
        .order_by("chosen_at")[:MOST]
    )
    enqueue_all(
        ANSWER, map(arguments_of, choices), traces=[trace_of(one.session_id) for one in choices]
    )
