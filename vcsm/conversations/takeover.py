"""Who speaks: while a take-over is open, the assistant is silent."""

from datetime import datetime

from django.db import IntegrityError, transaction

from vcsm.accounts.models import Member
from vcsm.conversations.models import Conversation, Message, Takeover
from vcsm.conversations.post import post_notice


class AlreadyTaken(Exception):
    """Another member speaks already."""

    def __init__(self, owner_name: str) -> None:
        super().__init__(f"{owner_name} has taken this over.")
        self.owner_name = owner_name


def speaker(conversation: Conversation) -> Member | None:
    """The member who speaks now; None: the assistant does."""
    takeover = conversation.takeovers.filter(ended_at=None).select_related("member").first()
    return takeover.member if takeover else None


@transaction.atomic
def start_takeover(*, conversation: Conversation, member: Member, now: datetime) -> None:
    """The member speaks from here on; raises `AlreadyTaken`. Taking over twice changes nothing."""
    try:
        with transaction.atomic():
            Takeover.objects.create(conversation=conversation, member=member, started_at=now)
    except IntegrityError:
        owner = speaker(conversation)
        if owner is not None and owner.pk != member.pk:
            raise AlreadyTaken(owner.name) from None
        return
    # What was asked and not yet answered is the member's to answer now.
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
    """Gives the conversation back to the assistant; nothing happens if `member` does not speak."""
    ended = conversation.takeovers.filter(member=member, ended_at=None).update(ended_at=now)
    if ended:
        post_notice(
            conversation=conversation,
            member=member,
            text=f"{member.name} has left the conversation. The assistant is here again.",
            notice="left",
            now=now,
        )
