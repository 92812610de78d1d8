"""Finds the work left undone when a message to the broker was lost: the rows show what still waits.

Work that failed every time is left alone: it is a dead letter, which a person may have run again.
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
"""Rows younger than this are still on their way. Rows dated further into the future are not: they
mean that a clock was set back."""
HORIZON = timedelta(days=1)
"""Older friction and older choices are history: a reaction to them now would only startle."""
MOST = 500
"""The most rows of each kind per sweep, and the queue length from which nothing is added."""


def sweep(*, now: datetime) -> None:
    """Enqueues the reactions and replies that should have happened; each is safe to run twice.

    A long queue means that its workers are behind, not that messages were lost: nothing is added
    to it.
    """
    waiting = queue_lengths([URGENT, AGAIN])
    if waiting.get(AGAIN, 0) < MOST:
        _react(now)
    if waiting.get(URGENT, 0) < MOST:
        _reply(now)
        _answer_choices(now)


def _react(now: datetime) -> None:
    """Uses the queue of sessions that struggle on.

    Most rows found here wait because that queue is behind, and must not delay contacts who have
    just begun to struggle.
    """
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
