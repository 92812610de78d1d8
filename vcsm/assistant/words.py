"""What the assistant says in its own words; everything else it says is a passage of an article."""

from datetime import datetime

from vcsm.conversations.models import Conversation, Message
from vcsm.escalation.models import Escalation

NOT_KNOWN = (
    "I don't know the answer to that, and I would rather not guess. "
    "Shall I ask a person to join? Just say so, or put it another way and I will look again."
)

NOT_KNOWN_NOTICE = "not_known"
"""Names it to panels in other languages, as `called_notice` does the other sentence."""

SOON = 90
"""Minutes that are still said as minutes."""


def person_called(escalation: Escalation, now: datetime) -> str:
    """Promises only what is stored: who was asked and until when they should be here."""
    who = escalation.owner.name if escalation.owner else "a colleague"
    minutes = max(1, round((escalation.due_at - now).total_seconds() / 60))
    # Out of hours it may be tomorrow: a number of minutes would say it to nobody.
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
    """For whatever else they write while they wait: nobody is called twice, nor offered again."""
    who = escalation.owner.name if escalation.owner else "a colleague"
    return (
        f"I leave that to {who}, who has been asked to join you here{_by(escalation, now)}. "
        "What you write is seen there."
    )


def _by(escalation: Escalation, now: datetime) -> str:
    return f" by {escalation.due_at:%d %B, %H:%M} UTC" if escalation.due_at > now else ""


def called_notice(escalation: Escalation) -> str:
    """The same as `Message.notice` keeps it; the panel says the time by the contact's own clock."""
    return f"called:{int(escalation.due_at.timestamp())}"


def expected_notice(escalation: Escalation, now: datetime) -> str:
    """Without a time where that has passed: what was promised then is not promised again."""
    due = escalation.due_at
    return f"expected:{int(due.timestamp()) if due > now else 0}"


def of_call(
    escalation: Escalation, conversation: Conversation, *, new: bool, now: datetime
) -> tuple[str, str]:
    """The sentence and its notice: that a person was called, or, where it was said, is awaited."""
    called = called_notice(escalation)
    told = conversation.messages.filter(author=Message.Author.ASSISTANT, notice=called).exists()
    if new and not told and escalation.due_at > now:
        return person_called(escalation, now), called
    return person_expected(escalation, now), expected_notice(escalation, now)
