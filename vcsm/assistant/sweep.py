"""Finds what a lost message to the broker left undone: the rows say what still waits.

What failed every time is left alone: it is a dead letter, and a person has it run again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from vcsm.conversations.models import Message
from vcsm.core.backlog import queue_lengths
from vcsm.core.queue import AGAIN, URGENT, enqueue_all
from vcsm.core.trace import trace_of
from vcsm.dead_letters.stand import arguments_standing
from vcsm.friction.models import FrictionSignal
from vcsm.intent.choose import ANSWER, arguments_of
from vcsm.intent.models import Choice

PATIENCE = timedelta(seconds=5)
"""What is younger is on its way. What is from after now is not: a clock was set back meanwhile."""
HORIZON = timedelta(days=1)
"""Older friction is history, and so is an older choice: what it is met with would startle."""
MOST = 500


def sweep(*, now: datetime) -> None:
    """Enqueues the reactions and replies that should have happened; each is safe to run twice.

    Where a queue is long its workers are behind, not the messages lost: the same ones again would
    only add to it.
    """
    waiting = queue_lengths([URGENT, AGAIN])
    if waiting.get(AGAIN, 0) < MOST:
        _react(now)
    if waiting.get(URGENT, 0) < MOST:
        _reply(now)
        _answer_choices(now)


def _react(now: datetime) -> None:
    """In the queue of those who struggle on: most of what waits here does so because that one is
    behind, and must not stand before who has just begun to struggle."""
    sessions = (
        FrictionSignal.objects.filter(reacted_revision__lt=F("revision"), last_at__gt=now - HORIZON)
        .exclude(last_at__range=_on_its_way(now))
        .exclude(session_id__in=arguments_standing("assistant.react", "session_id", UUID))
        .values_list("session_id", flat=True)
        .distinct()[:MOST]
    )
    ids = [str(session_id) for session_id in sessions]
    calls = [{"session_id": one} for one in ids]
    enqueue_all("assistant.react", calls, queue=AGAIN, traces=map(trace_of, ids))


def _reply(now: datetime) -> None:
    messages = (
        Message.objects.filter(author=Message.Author.CONTACT, handled_at=None)
        .exclude(sent_at__range=_on_its_way(now))
        .exclude(pk__in=arguments_standing("assistant.reply", "message_id", int))
        .order_by("sent_at")
    )
    waiting = messages.values_list("pk", flat=True)[:MOST]
    enqueue_all("assistant.reply", [{"message_id": pk} for pk in waiting])


def _answer_choices(now: datetime) -> None:
    choices = (
        Choice.objects.filter(answered_at=None, chosen_at__gt=now - HORIZON)
        .exclude(chosen_at__range=_on_its_way(now))
        .exclude(pk__in=arguments_standing(ANSWER, "choice", UUID))
        .order_by("chosen_at")[:MOST]
    )
    enqueue_all(
        ANSWER, map(arguments_of, choices), traces=[trace_of(one.session_id) for one in choices]
    )


def _on_its_way(now: datetime) -> tuple[datetime, datetime]:
    return now - PATIENCE, now + PATIENCE
