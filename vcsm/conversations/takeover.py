"""Decides who speaks: while a take-over is open, the assistant is silent."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from vcsm.accounts.models import Member
from vcsm.conversations.models import Conversation, Message, Takeover
from vcsm.conversations.post import post_notice

_ATTENDED = """
SELECT EXISTS (SELECT FROM conversations_takeover takeover
  JOIN conversations_conversation held ON held.id = takeover.conversation_id
  WHERE held.browser_id = %s AND held.contact_id = %s AND takeover.ended_at IS NULL)
"""


class AlreadyTaken(Exception):
    """Another member speaks already."""

    def __init__(self, owner_name: str) -> None:
        super().__init__(f"{owner_name} has taken this over.")
        self.owner_name = owner_name


def speaker(conversation: Conversation) -> Member | None:
    """Returns the member who speaks now; None if the assistant does."""
    takeover = conversation.takeovers.filter(ended_at=None).select_related("member").first()
    return takeover.member if takeover else None


def is_attended(*, browser_id: UUID, contact_id: int) -> bool:
    """Tells whether a member speaks to the contact in that browser."""
    with connection.cursor() as cursor:
        cursor.execute(_ATTENDED, [browser_id, contact_id])
        (found,) = cursor.fetchone()
    return bool(found)


@transaction.atomic
def start_takeover(*, conversation: Conversation, member: Member, now: datetime) -> None:
    """Lets the member speak from now on; raises `AlreadyTaken`. A second time changes nothing."""
    try:
        with transaction.atomic():
            Takeover.objects.create(conversation=conversation, member=member, started_at=now)
    except IntegrityError:
        owner = speaker(conversation)
        if owner is not None and owner.pk != member.pk:
            raise AlreadyTaken(owner.name) from None
        return
    # Questions that are still unanswered are now the member's to answer.
    conversation.messages.filter(author=Message.Author.CONTACT, handled_at=None).update(
        handled_at=now
    )
    post_notice(
        conversation=conversation,
        member=member,
        text=f"{member.name} has joined the conversation.",
        notice="joined",
        now=now,
    )


@transaction.atomic
def end_takeover(*, conversation: Conversation, member: Member, now: datetime) -> None:
    """Gives the conversation back to the assistant; does nothing if `member` does not speak."""
    ended = conversation.takeovers.filter(member=member, ended_at=None).update(ended_at=now)
    if ended:
        post_notice(
            conversation=conversation,
            member=member,
            text=f"{member.name} has left the conversation. The assistant is here again.",
            notice="left",
            now=now,
        )
