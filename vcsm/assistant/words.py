"""What the assistant says in its own words; everything else it says is a passage of an article."""

from datetime import datetime

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
        f"within {minutes} minutes"
        if minutes <= SOON
        else f"by {escalation.due_at:%d %B, %H:%M} UTC"
    )
    return (
        f"I've asked {who} to join you here, {when}. "
        "They can see what you tried, so you need not repeat it."
    )


def called_notice(escalation: Escalation) -> str:
    """The same as `Message.notice` keeps it; the panel says the time by the contact's own clock."""
    return f"called:{int(escalation.due_at.timestamp())}"
