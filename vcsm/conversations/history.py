"""Reads a conversation from a cursor: the first load and every reconnect are the same read."""

from uuid import UUID

from django.db.models import F, QuerySet

from vcsm.conversations.models import Conversation, Message

PAGE = 200


def messages_after(*, conversation_id: UUID, seq: int, limit: int = PAGE) -> list[Message]:
    """Returns messages numbered above `seq`, oldest first."""
    return list(_readable(conversation_id).filter(seq__gt=seq).order_by("seq")[:limit])


def messages_before(*, conversation_id: UUID, seq: int, limit: int = PAGE) -> list[Message]:
    """Returns the last messages numbered below `seq`, oldest first."""
    found = _readable(conversation_id).filter(seq__lt=seq).order_by("-seq")[:limit]
    return list(found)[::-1]


def workspace_of_message(message_id: int) -> int:
    """Returns the workspace's id; raises Message.DoesNotExist when the message is gone."""
    return Message.objects.values_list("workspace_id", flat=True).get(pk=message_id)


def start_epoch(workspace_id: int) -> int:
    """Makes every widget read its conversations anew: call it after restoring an older database.

    Numbers given after the backup may be given again, to other messages; a widget that has seen
    the old ones would take the new ones for those. Returns the number of conversations.
    """
    return Conversation.objects.filter(workspace_id=workspace_id).update(epoch=F("epoch") + 1)


def _readable(conversation_id: UUID) -> QuerySet[Message]:
    return (
        Message.objects.filter(conversation_id=conversation_id)
        .select_related("member", "conversation")
        .prefetch_related("attachments")
    )
