"""Records how far each side has read."""

from django.db.models import F
from django.db.models.functions import Greatest, Least

from vcsm.conversations import broadcast
from vcsm.conversations.models import Conversation


def mark_read_by_contact(conversation: Conversation, seq: int) -> None:
    """Moves the mark forward only; a number beyond the last message counts as that one."""
    if _move(conversation, "contact_read", seq):
        broadcast.read_by_contact(conversation, conversation.contact_read)


def mark_read_by_member(conversation: Conversation, seq: int) -> None:
    """Records that a member has seen the messages up to `seq`; moves forward only."""
    if _move(conversation, "members_read", seq):
        broadcast.seen_by_members(conversation, conversation.members_read)


def _move(conversation: Conversation, field: str, seq: int) -> bool:
    """Returns False if nothing moved: most calls find the mark there already and write nothing."""
    if seq <= getattr(conversation, field):
        return False
    moved = Conversation.objects.filter(
        pk=conversation.pk, last_seq__gt=F(field), **{f"{field}__lt": seq}
    ).update(**{field: Greatest(F(field), Least(seq, F("last_seq")))})
    if moved:
        conversation.refresh_from_db(fields=[field])
    return bool(moved)
