"""Stores a contact's rating of the help they had; the latest one counts."""

from datetime import datetime

from vcsm.conversations.models import Conversation, Rating


def rate(
    *, conversation: Conversation, subject: str, score: int, comment: str, now: datetime
) -> Rating:
    """Stores the rating; raises ValueError unless `score` is 1 to 5."""
    if not 1 <= score <= 5:
        raise ValueError("A score is 1 to 5.")
    rating, _ = Rating.objects.update_or_create(
        conversation=conversation,
        subject=subject,
        defaults={"score": score, "comment": comment, "at": now},
    )
    return rating
