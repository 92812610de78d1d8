"""Posts messages: the only way into a conversation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from vcsm.accounts.models import Member
from vcsm.conversations import broadcast
from vcsm.conversations.attachments import attach
from vcsm.conversations.models import Conversation, Message
from vcsm.events.models import Session


def conversation_of(session: Session) -> Conversation:
    """Returns the conversation of the session's contact in its browser, new if there is none."""
    conversation, _ = Conversation.objects.get_or_create(
        browser_id=session.browser_id,
        contact_id=session.contact_id,
        defaults={"workspace_id": session.workspace_id},
    )
    return conversation


def post_message(  # noqa: PLR0913 - each is a part of a message
    *,
    conversation: Conversation,
    author: Message.Author,
    text: str,
    now: datetime,
    member: Member | None = None,
    client_id: str | None = None,
    source: dict[str, str] | None = None,
    files: Sequence[UUID] = (),
    notice: str = "",
) -> Message:
    """Stores a message and tells both sides. A `client_id` posted before returns that message.

    `files` are attachments uploaded in this conversation's browser and not sent yet. `notice` names
    one of our own sentences, for panels in other languages than that of `text` (`Message.notice`).
    """
    message = Message(
        client_id=client_id,
        author=author,
        member=member,
        text=text,
        source=source,
        notice=notice,
        sent_at=now,
    )
    return _post(conversation, message, files)


def post_notice(
    *, conversation: Conversation, notice: str, text: str, member: Member, now: datetime
) -> Message:
    """Posts what a member did; `notice` names it for panels in other languages than `text`'s."""
    message = Message(
        author=Message.Author.NOTICE, notice=notice, member=member, text=text, sent_at=now
    )
    return _post(conversation, message)


@transaction.atomic(savepoint=False)
def _post(conversation: Conversation, message: Message, files: Sequence[UUID] = ()) -> Message:
    seq = lock_conversation(conversation) + 1
    if message.client_id is not None:
        # Looked up after the row is locked, so that two resends cannot both miss it.
        known = Message.objects.filter(
            conversation=conversation, client_id=message.client_id
        ).first()
        if known is not None:
            return known
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=seq)
    message.workspace_id, message.seq = conversation.workspace_id, seq
    message.conversation = conversation
    message.save(force_insert=True)
    if files:
        attach(message, conversation=conversation, files=files)
    prefetch_related_objects([message], "attachments")  # once for everybody who is told
    broadcast.message_posted(conversation, message)
    return message


def lock_conversation(conversation: Conversation) -> int:
    """Makes other writers wait until this transaction ends; returns the `seq` of the last message.

    A caller who locks first and then looks who speaks cannot talk over a member taking over.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT last_seq FROM conversations_conversation WHERE id = %s FOR UPDATE",
            [conversation.pk],
        )
        return int(cursor.fetchone()[0])
