"""What the assistant says in its own words; everything else it says is a passage of an article."""

from datetime import datetime

from vcsm.conversations.models import Conversation, Message
from vcsm.escalation.models import Escalation

NOT_KNOWN = (
    "I don't know the answer to that, and I would rather not guess. "
    "Shall I ask a person to join? Just say so, or put it another way and I will look again."
)

NOT_KNOWN_NOTICE = "not_known"
"""Names the sentence for panels in other languages, as `called_notice` does for the other one."""

SOON = 90
"""Waits of up to this many minutes are given in minutes."""


def person_called(escalation: Escalation, now: datetime) -> str:
    """Promises only what is stored: who was asked, and until when they should be here."""
    who = escalation.owner.name if escalation.owner else "a colleague"
    minutes = max(1, round((escalation.due_at - now).total_seconds() / 60))
    # Out of hours it may be tomorrow: a large number of minutes would mean nothing to anybody.
    when = (
        f"within {minutes} {'minute' if minutes == 1 else 'minutes'}"
        if minutes <= SOON
        else f"by {escalation.due_at:%d %B, %H:%M} UTC"
    )
    return (
        f"I've asked {who} to join you here, {when}. "
        "They can see what you tried, so you need not repeat it."
    )


def person_expected(escalation: Escalation, now: datetime) -> str:
    """Answers what they write while they wait: nobody is called twice, or offered again."""
    who = escalation.owner.name if escalation.owner else "a colleague"
    return (
        f"I leave that to {who}, who has been asked to join you here{_by(escalation, now)}. "
        "What you write is seen there."
    )


def _by(escalation: Escalation, now: datetime) -> str:
    return f" by {escalation.due_at:%d %B, %H:%M} UTC" if escalation.due_at > now else ""


def called_notice(escalation: Escalation) -> str:
    """Writes the call as a `Message.notice`; the panel shows the time by the contact's clock."""
    return f"called:{int(escalation.due_at.timestamp())}"


def expected_notice(escalation: Escalation, now: datetime) -> str:
    """Leaves out the time (0) once it has passed: an old promise is not made again."""
    due = escalation.due_at
    return f"expected:{int(due.timestamp()) if due > now else 0}"


def of_call(
    escalation: Escalation, conversation: Conversation, *, new: bool, now: datetime
) -> tuple[str, str]:
    """Returns the sentence and its notice: a person was called or, if already said, is awaited."""
    called = called_notice(escalation)
    told = conversation.messages.filter(author=Message.Author.ASSISTANT, notice=called).exists()
    if new and not told and escalation.due_at > now:
        return person_called(escalation, now), called
    return person_expected(escalation, now), expected_notice(escalation, now)
