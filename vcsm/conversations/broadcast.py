"""Tells the open sockets of a conversation, after commit. Payloads are the protocol's frames."""

from typing import Any

from vcsm.accounts.models import Member
from vcsm.conversations.models import Conversation, Message, Nudge
from vcsm.core.live import browser_group, members_group, publish_on_commit


def message_frame(message: Message) -> dict[str, Any]:
    """A message as both sides read it, live and from history."""
    return {
        "type": "message",
        "seq": message.seq,
        "author": message.author,
        "text": message.text,
        "at": int(message.sent_at.timestamp() * 1000),
        "name": message.member.name if message.member else "",
        "client_id": message.client_id,
        "source": message.source,
    }


def message_posted(conversation: Conversation, message: Message) -> None:
    frame = message_frame(message)
    publish_on_commit(browser_group(conversation.browser_id), frame)
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
    }


def nudge_offered(nudge: Nudge) -> None:
    publish_on_commit(browser_group(nudge.session.browser_id), nudge_frame(nudge))


def intent_believed(
    conversation: Conversation, *, outcome: str, title: str, options: list[dict[str, Any]]
) -> None:
    publish_on_commit(
        browser_group(conversation.browser_id),
        {"type": "intent", "outcome": outcome, "title": title, "options": options},
    )


def typing_to_contact(*, conversation: Conversation, member: Member, on: bool) -> None:
    publish_on_commit(
        browser_group(conversation.browser_id),
        {"type": "typing", "on": on, "name": member.name},
    )


def typing_to_members(*, conversation: Conversation, on: bool) -> None:
    publish_on_commit(
        members_group(conversation.workspace_id),
        {"what": "typing", "conversation": str(conversation.pk), "on": on},
    )
