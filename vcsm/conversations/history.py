"""Reading a conversation from a cursor: the first load and every reconnect are the same read."""

from uuid import UUID

from vcsm.conversations.models import Message


def messages_after(*, conversation_id: UUID, seq: int, limit: int = 200) -> list[Message]:
    """Messages numbered above `seq`, oldest first."""
    return list(
        Message.objects.filter(conversation_id=conversation_id, seq__gt=seq)
        .select_related("member")
        .order_by("seq")[:limit]
    )
