"""The assistant's own sentences name what they say; a session that became another's is found."""

import pytest
from django.utils import timezone

from tests.cast import Cast
from vcsm.accounts.models import Contact
from vcsm.assistant.reply import reply
from vcsm.conversations.broadcast import message_frame
from vcsm.conversations.models import Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.escalation.models import Escalation
from vcsm.events.models import Session

pytestmark = pytest.mark.django_db


def say(cast: Cast, session: Session, text: str) -> Message:
    return post_message(
        conversation=conversation_of(session),
        author=Message.Author.CONTACT,
        text=text,
        now=timezone.now(),
    )


def answer_to(message: Message) -> Message:
    reply(message_id=message.pk, now=timezone.now())
    return Message.objects.get(conversation=message.conversation, author="assistant")


def test_it_works(cast: Cast) -> None:
    said = answer_to(say(cast, cast.session(), "what colour is the moon's cheese?"))
    assert said.notice == "not_known"
    assert message_frame(said)["notice"] == "not_known"
    assert said.text.startswith("I don't know")


def test_who_was_called_and_until_when_is_kept_beside_the_words(cast: Cast) -> None:
    said = answer_to(say(cast, cast.session(), "I want to talk to a human please"))
    escalation = Escalation.objects.get(contact=cast.vera)
    assert said.notice == f"called:{int(escalation.due_at.timestamp())}"
    assert (said.member, escalation.owner) == (cast.alice, cast.alice)
    assert message_frame(said)["name"] == "Alice"


def test_a_session_that_became_another_contacts_is_answered_all_the_same(cast: Cast) -> None:
    """Between writing and answering the page logged somebody else in."""
    session = cast.session()
    message = say(cast, session, "what colour is the moon's cheese?")
    walter = Contact.objects.create(workspace=cast.acme, external_id="walter", name="Walter")
    Session.objects.filter(pk=session.pk).update(contact=walter)
    assert answer_to(message).conversation.contact == cast.vera
    message.refresh_from_db()
    assert message.handled_at is not None


def test_a_conversation_whose_sessions_are_gone_is_put_aside(cast: Cast) -> None:
    """Sessions are dropped after a time: then there is nobody there to answer."""
    session = cast.session()
    message = say(cast, session, "what colour is the moon's cheese?")
    session.delete()
    reply(message_id=message.pk, now=timezone.now())
    message.refresh_from_db()
    assert message.handled_at is not None
    assert not Message.objects.filter(author="assistant").exists()
