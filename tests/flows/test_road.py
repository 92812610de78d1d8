"""The whole road through the real server and worker: struggle, help, a human, a verdict."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import TypeVar

import pytest

from tests.cast import Cast
from tests.lessons import teach
from tests.stack import Stack
from tests.widget_client import WidgetClient, click, dead, rage, widget
from vcsm.accounts.models import Contact
from vcsm.conversations.models import Conversation, Message, Nudge
from vcsm.conversations.post import post_message
from vcsm.escalation.models import Decision, Escalation
from vcsm.escalation.work import hand_back, resolve, take_over

T = TypeVar("T")

VERA = {"id": "vera", "name": "Vera", "account": {"id": "kestrel"}}


def eventually(find: Callable[[], T | None], seconds: float = 60) -> T:
    """The first answer that is not None; the worker needs a moment."""
    deadline = monotonic() + seconds
    while True:
        found = find()
        if found:
            return found
        assert monotonic() < deadline, "it did not happen in time"
        sleep(0.05)


@pytest.fixture
def taught(live_cast: Cast) -> Cast:
    teach(live_cast.acme)
    return live_cast


def struggle(client: WidgetClient) -> dict[str, object]:
    """Vera clicks what does not work, and sees help."""
    client.hello(identity=VERA, page="/reports")
    client.events(1, *[click(number) for number in range(1, 6)], rage(1, clicks=5))
    nudge = client.expect("nudge")
    client.send(type="nudge", nudge=nudge["nudge"], state="shown")
    eventually(lambda: Nudge.objects.filter(id=nudge["nudge"], state="shown").first())
    return nudge


def test_it_works(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as client:
        nudge = struggle(client)
        assert nudge["source"] == {
            "title": "Export a report",
            "heading": "Export as CSV",
            "url": "/help/export-a-report",
        }
        client.events(2, *[click(number) for number in range(6, 10)], rage(2, clicks=4))
        escalation = eventually(lambda: Escalation.objects.filter(contact=taught.vera).first())
    assert (escalation.element, escalation.page) == ("export", "/reports")
    assert (escalation.account, escalation.owner) == (taught.kestrel, taught.alice)
    assert escalation.reason == "failed_help"
    actions = list(
        Decision.objects.filter(session_id=client.session).order_by("at").values_list("action")
    )
    assert actions[0] == ("offer",)
    assert actions[-1] == ("escalate",)


def test_help_that_worked_calls_nobody(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as client:
        struggle(client)
        client.events(2, {"type": "page", "at": click(1)["at"], "page": "/home", "how": "push"})
        client.expect("ack")
        sleep(1)
    assert not Escalation.objects.filter(contact=taught.vera).exists()


def test_more_struggle_updates_the_open_escalation(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as client:
        struggle(client)
        client.events(2, *[click(number) for number in range(6, 10)], rage(2, clicks=4))
        first = eventually(lambda: Escalation.objects.filter(contact=taught.vera).first())
        client.events(3, *[click(number) for number in range(10, 20)], rage(3, clicks=10))
        eventually(lambda: first.decisions.count() > 1)
    assert Escalation.objects.filter(contact=taught.vera).count() == 1


def test_what_a_member_resolved_is_not_opened_again_by_late_verdicts(
    stack: Stack, taught: Cast
) -> None:
    with widget(stack, taught.key.key) as client:
        struggle(client)
        client.events(2, *[click(number) for number in range(6, 10)], rage(2, clicks=4))
        escalation = eventually(lambda: Escalation.objects.filter(contact=taught.vera).first())
        ids = {"escalation_id": escalation.pk, "member_id": taught.alice.pk}
        take_over(**ids, now=datetime.now(UTC))
        resolve(**ids, done=True, worked=True, false_alarm=False, note="", now=datetime.now(UTC))
        before = Decision.objects.filter(session_id=client.session).count()
        client.events(3, dead(9))
        eventually(lambda: Decision.objects.filter(session_id=client.session).count() > before)
        assert Escalation.objects.filter(contact=taught.vera).count() == 1
        # But what happens anew is a new matter.
        sleep(3.2)
        client.events(4, *[click(number) for number in range(20, 25)], rage(20, clicks=5))
        eventually(lambda: Escalation.objects.filter(contact=taught.vera).count() == 2)


def test_a_question_is_answered_from_an_article(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as client:
        client.hello(identity=VERA, page="/people")
        client.send(type="say", id="m1", text="How do I invite a colleague?")
        client.expect("message")
        answer = client.expect("message")
        believed = client.expect("intent")
    assert answer["author"] == "assistant"
    assert answer["source"]["url"] == "/help/invite-a-colleague"
    assert (believed["outcome"], believed["title"]) == ("sure", "Invite colleague")


def test_what_nobody_wrote_is_not_answered_but_a_person_is_offered(
    stack: Stack, taught: Cast
) -> None:
    with widget(stack, taught.key.key) as client:
        client.hello(identity=VERA)
        client.send(type="say", id="m1", text="Can your satellites see my roof garden?")
        client.expect("message")
        answer = client.expect("message")
    assert answer["source"] is None
    assert "person" in answer["text"]
    assert not Escalation.objects.filter(contact=taught.vera).exists()


def test_asking_for_a_person_always_calls_one(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as client:
        client.hello(identity=VERA, page="/people")
        client.send(type="say", id="m1", text="can I pls talk to a real human")
        client.expect("message")
        promise = client.expect("message")
    escalation = Escalation.objects.get(contact=taught.vera)
    assert (escalation.reason, escalation.owner) == ("asked", taught.alice)
    assert "Alice" in promise["text"]


def test_the_assistant_is_silent_from_the_instant_of_a_take_over(
    stack: Stack, taught: Cast
) -> None:
    with widget(stack, taught.key.key) as client:
        client.hello(identity=VERA)
        client.send(type="say", id="m1", text="let me speak to a person")
        client.expect("message")
        client.expect("message")
        escalation = Escalation.objects.get(contact=taught.vera)
        take_over(escalation_id=escalation.pk, member_id=taught.alice.pk, now=datetime.now(UTC))
        client.send(type="say", id="m2", text="How do I invite a colleague?")
        client.expect("ack")
        eventually(
            lambda: Decision.objects.filter(
                session_id=client.session, reason="human_present"
            ).first()
        )
        authors = list(
            Message.objects.filter(conversation=escalation.conversation)
            .order_by("seq")
            .values_list("author", flat=True)
        )
        assert authors == ["contact", "assistant", "notice", "contact"]
        hand_back(escalation_id=escalation.pk, member_id=taught.alice.pk, now=datetime.now(UTC))
        client.send(type="say", id="m3", text="How do I invite a colleague?")
        eventually(
            lambda: Message.objects.filter(
                conversation=escalation.conversation, author="assistant", seq__gt=4
            ).first()
        )


def test_a_reconnect_reads_what_was_missed(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as first:
        first.hello(identity=VERA)
        first.send(type="say", id="m1", text="How do I invite a colleague?")
        first.expect("ack")
    eventually(lambda: Message.objects.filter(workspace=taught.acme, author="assistant").first())
    with widget(stack, taught.key.key, session=first.session, browser=first.browser) as second:
        second.hello(last_message=1)
        missed = second.expect("message")
    assert (missed["seq"], missed["author"]) == (2, "assistant")


def test_the_page_naming_vera_does_not_open_what_vera_said_elsewhere(
    stack: Stack, taught: Cast
) -> None:
    with widget(stack, taught.key.key) as hers:
        hers.hello(identity=VERA)
        hers.send(type="say", id="m1", text="My account number is 12345")
        hers.expect("ack")
    with widget(stack, taught.key.key) as other:
        other.hello(identity=VERA, last_message=0)
        with pytest.raises(TimeoutError):
            other.expect("message", timeout=0.7)


def test_an_anonymous_contact_becomes_the_one_they_log_in_as(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as client:
        client.hello()
        client.events(1, *[click(number) for number in range(1, 6)], rage(1, clicks=5))
        client.expect("nudge")
        client.send(type="identify", identity=VERA)
        client.send(type="say", id="m1", text="get me a person")
        escalation = eventually(lambda: Escalation.objects.filter(contact=taught.vera).first())
    assert escalation.account == taught.kestrel
    assert Contact.objects.get(sessions__id=client.session) == taught.vera


def test_a_long_conversation_comes_back_whole(stack: Stack, taught: Cast) -> None:
    with widget(stack, taught.key.key) as first:
        first.hello(identity=VERA)
        first.send(type="say", id="m1", text="get me a person")
        first.expect("ack")
    eventually(lambda: Message.objects.filter(workspace=taught.acme, author="assistant").first())
    conversation = Conversation.objects.get(contact=taught.vera)
    for number in range(210):
        post_message(
            conversation=conversation,
            author=Message.Author.NOTICE,
            text=str(number),
            now=datetime.now(UTC),
        )
    with widget(stack, taught.key.key, session=first.session, browser=first.browser) as second:
        second.hello()
        assert [second.expect("message")["seq"] for _ in range(212)] == list(range(1, 213))
