"""Numbering, reading marks, and reads from a cursor."""

from django.test import TestCase

from tests.cast import NOON, Cast
from vcsm.conversations.history import messages_after, messages_before, start_epoch
from vcsm.conversations.marks import mark_read_by_contact, mark_read_by_member
from vcsm.conversations.models import Conversation, Message
from vcsm.conversations.post import conversation_of, post_message


def spoken(cast: Cast, count: int) -> Conversation:
    conversation = conversation_of(cast.session())
    for number in range(1, count + 1):
        post_message(
            conversation=conversation, author=Message.Author.CONTACT, text=str(number), now=NOON
        )
    conversation.refresh_from_db()
    return conversation


def test_it_works(cast: Cast) -> None:
    conversation = spoken(cast, 5)
    after = messages_after(conversation_id=conversation.pk, seq=2)
    assert [message.text for message in after] == ["3", "4", "5"]
    before = messages_before(conversation_id=conversation.pk, seq=4, limit=2)
    assert [message.text for message in before] == ["2", "3"]


def test_a_read_mark_moves_forward_only_and_not_past_the_end(cast: Cast) -> None:
    conversation = spoken(cast, 3)
    for seq, expected in ((2, 2), (1, 2), (99, 3), (0, 3)):
        mark_read_by_contact(conversation, seq)
        mark_read_by_member(conversation, seq)
        stored = Conversation.objects.get(pk=conversation.pk)
        assert (stored.contact_read, stored.members_read) == (expected, expected)


def test_a_mark_that_has_moved_is_told_once(cast: Cast) -> None:
    conversation = spoken(cast, 3)
    with TestCase.captureOnCommitCallbacks() as told:
        mark_read_by_member(conversation, 3)
        mark_read_by_member(conversation, 3)
    assert len(told) == 1


def test_a_new_epoch_is_another_numbering_for_one_workspace_only(cast: Cast) -> None:
    conversation = spoken(cast, 1)
    before = conversation.numbering
    assert start_epoch(cast.globex.pk) == 0
    assert start_epoch(cast.acme.pk) == 1
    conversation.refresh_from_db()
    assert conversation.numbering != before
