"""Tells the open sockets of a conversation, after commit. Payloads are the protocol's frames.

A frame for one contact names them in `to`: all sockets of a browser are one group, whoever uses it
now, and the socket lets through only what is for its own contact.
"""

from typing import Any

from vcsm.accounts.models import Member
from vcsm.conversations.models import Attachment, Conversation, Message, Nudge
from vcsm.conversations.notices import notice_of
from vcsm.core.live import browser_group, members_group, publish_on_commit


def message_frame(message: Message) -> dict[str, Any]:
    """Writes a message as both sides read it, live and from history."""
    return {
        "type": "message",
        "epoch": message.conversation.numbering,
        "seq": message.seq,
        "author": message.author,
        "text": message.text,
        "at": int(message.sent_at.timestamp() * 1000),
        "name": message.member.name if message.member else "",
        "client_id": message.client_id,
        "source": message.source,
        "notice": message.notice,
        "files": [file_of(attachment) for attachment in message.attachments.all()],
    }


def file_of(attachment: Attachment) -> dict[str, Any]:
    """Writes an attachment as both sides see it; its bytes are fetched by `id`."""
    return {
        "id": str(attachment.pk),
        "name": attachment.name,
        "kind": attachment.kind,
        "size": attachment.size,
    }


def message_posted(conversation: Conversation, message: Message) -> None:
    frame = message_frame(message)
    _to_contact(conversation, frame)
    publish_on_commit(
        members_group(conversation.workspace_id),
        {"what": "message", "conversation": str(conversation.pk), "message": frame},
    )


def nudge_frame(nudge: Nudge) -> dict[str, Any]:
    return {
        "type": "nudge",
        "nudge": str(nudge.pk),
        "title": nudge.title,
        "text": nudge.text,
        "page": nudge.page,
        "element": nudge.element,
        "source": nudge.source,
        "notice": notice_of(nudge.cause),
    }


def nudge_offered(nudge: Nudge) -> None:
    frame = {"to": nudge.contact_id, **nudge_frame(nudge)}
    publish_on_commit(browser_group(nudge.session.browser_id), frame)


def intent_believed(
    conversation: Conversation, *, outcome: str, title: str, options: list[dict[str, Any]]
) -> None:
    _to_contact(
        conversation,
        {"type": "intent", "outcome": outcome, "title": title, "options": options},
    )


def conversation_frame(conversation: Conversation | None, *, fresh: bool) -> dict[str, Any]:
    """Tells a page which conversation it is in from now on; None: none has begun yet."""
    return {
        "type": "conversation",
        "epoch": conversation.numbering if conversation else "",
        "last_seq": conversation.last_seq if conversation else 0,
        "read": conversation.contact_read if conversation else 0,
        "seen": conversation.members_read if conversation else 0,
        "fresh": fresh,
    }


def read_by_contact(conversation: Conversation, seq: int) -> None:
    """Shows members, and the contact's other tabs, how far the contact has read."""
    frame = {"type": "read", "epoch": conversation.numbering, "seq": seq}
    _to_contact(conversation, frame)
    publish_on_commit(
        members_group(conversation.workspace_id),
        {"what": "read", "conversation": str(conversation.pk), "seq": seq},
    )


def seen_by_members(conversation: Conversation, seq: int) -> None:
    frame = {"type": "seen", "epoch": conversation.numbering, "seq": seq}
    _to_contact(conversation, frame)


def typing_to_contact(*, conversation: Conversation, member: Member, on: bool) -> None:
    _to_contact(conversation, {"type": "typing", "on": on, "name": member.name})


def assistant_is_silent(conversation: Conversation) -> None:
    """Ends the typing sign that panels show once a message is stored: no answer will come."""
    _to_contact(conversation, {"type": "typing", "on": False, "name": ""})


def typing_to_members(*, conversation: Conversation, on: bool) -> None:
    publish_on_commit(
        members_group(conversation.workspace_id),
        {"what": "typing", "conversation": str(conversation.pk), "on": on},
    )


def _to_contact(conversation: Conversation, frame: dict[str, Any]) -> None:
    group = browser_group(conversation.browser_id)
    publish_on_commit(group, {"to": conversation.contact_id, **frame})
