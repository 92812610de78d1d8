"""What a greeting costs in statements, and that it misses nothing for being so few."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOON, ORIGIN, Cast
from tests.stack import Stack
from tests.widget_client import click, widget
from vcsm.accounts.identity_keys import add_identity_key
from vcsm.accounts.models import Browser, Contact
from vcsm.conversations.models import Message, Nudge, Takeover
from vcsm.conversations.post import conversation_of, post_message
from vcsm.events.ledger import STANDS
from vcsm.events.models import Batch, Session
from widget import contact
from widget.contact import Greeting
from widget.keys import Door, open_door
from widget.protocol import AccountFacts, Hello, Identity

VERA = Identity(id="vera", name="Vera", account=AccountFacts("kestrel"))
# Without the thread it runs in: the connection there is another, and its queries uncounted.
greet: Callable[[Door, Hello, str], Greeting] = contact.greet.func  # type: ignore[attr-defined]


def hello(session: Session, **more: Any) -> Hello:
    return Hello(session=str(session.pk), browser=str(session.browser_id), at=0, **more)


def door(cast: Cast) -> Door:
    return Door(workspace_id=cast.acme.pk, company="", friction_settings={}, origin=ORIGIN)


@pytest.mark.django_db
def test_a_known_widget_is_greeted_in_five_statements(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    session = cast.session()
    with django_assert_num_queries(1):
        found = open_door(key=cast.key.key, origin=ORIGIN)
    assert found is not None
    greet(found, hello(session, identity=VERA), "")  # what is told once an hour is written down
    # The scope, the visit, the identity keys, the conversation, the scope's end.
    with django_assert_num_queries(5):
        greeting = greet(found, hello(session, identity=VERA), "")
    assert greeting.context.contact_id == cast.vera.pk
    assert [frame["type"] for frame in greeting.missed] == ["conversation"]
    with django_assert_num_queries(5):
        greet(found, hello(session), "")


@pytest.mark.django_db
def test_what_is_told_to_be_stored_stands(cast: Cast) -> None:
    """The widget forgets it: `vcsm.events.ledger.STANDS`."""
    session = cast.session()
    Batch.objects.create(session=session, sequence=4, events=1, received_at=NOON)
    with CaptureQueriesContext(connection) as asked:
        assert greet(door(cast), hello(session), "").sequence == 4
    assert [query["sql"] for query in asked.captured_queries].count(STANDS) == 1


@pytest.mark.django_db
def test_a_named_newcomer_is_nobody_else_first(cast: Cast) -> None:
    before = Contact.objects.count()
    session, browser = str(uuid4()), str(uuid4())
    walter = Identity(id="walter", name="Walter")
    greeting = greet(door(cast), Hello(session=session, browser=browser, at=0, identity=walter), "")
    assert Contact.objects.count() == before + 1
    contact_id = Contact.objects.get(external_id="walter").pk
    assert greeting.context.contact_id == contact_id
    assert Browser.objects.get(id=browser).contact_id == contact_id


@pytest.mark.django_db
def test_what_was_missed_costs_a_statement_for_each_kind(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    session = cast.session()
    conversation = conversation_of(session)
    for text in ("one", "two"):
        author = Message.Author.ASSISTANT
        post_message(conversation=conversation, author=author, text=text, now=NOON)
    Takeover.objects.create(conversation=conversation, member=cast.alice, started_at=NOON)
    for number in range(3):
        Nudge.objects.create(
            workspace=cast.acme, contact=cast.vera, session=session, cause=f"{number}",
            title="Stuck?", text="Try this.", offered_at=NOON + timedelta(minutes=number),
        )  # fmt: skip
    # Two for messages and their files, one for nudges, one for each whether it has been stopped.
    with django_assert_num_queries(5 + 2 + 1 + 3):
        greeting = greet(door(cast), hello(session), "")
    assert greeting.assistant_silent
    assert [frame["type"] for frame in greeting.missed] == [
        "conversation", "message", "message", "nudge", "nudge", "nudge",
    ]  # fmt: skip
    epoch = conversation.numbering
    with django_assert_num_queries(5 + 1 + 3):
        greet(door(cast), hello(session, epoch=epoch, last_message=2), "")


@pytest.mark.django_db
def test_a_new_browser_is_made_in_few_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    new = Hello(session=str(uuid4()), browser=str(uuid4()), at=0)
    with django_assert_max_num_queries(12):
        greeting = greet(door(cast), new, "")
    made = Session.objects.get(pk=new.session)
    assert made.contact_id == greeting.context.contact_id
    assert made.contact.external_id is None


@pytest.mark.django_db
def test_news_of_a_known_contact_are_not_passed_over(cast: Cast) -> None:
    session = cast.session()
    told = Identity(id="vera", name="Vera", email="vera@kestrel.example")
    greet(door(cast), hello(session, identity=told), "")
    cast.vera.refresh_from_db()
    assert cast.vera.email == "vera@kestrel.example"
    moved = Identity(id="vera", account=AccountFacts("heron", "Heron Tea"))
    greet(door(cast), hello(session, identity=moved), "")
    cast.vera.refresh_from_db()
    assert cast.vera.account is not None and cast.vera.account.name == "Heron Tea"


@pytest.mark.django_db
def test_a_key_added_since_asks_a_known_widget_for_its_proof(cast: Cast) -> None:
    session = cast.session()
    add_identity_key(workspace_id=cast.acme.pk, now=NOON)
    greeting = greet(door(cast), hello(session, identity=VERA), "")
    assert greeting.prove == "missing"
    assert greeting.context.contact_id != cast.vera.pk


def test_tabs_that_open_at_once_share_one_new_browser(stack: Stack, live_cast: Cast) -> None:
    browser = str(uuid4())

    def open_tab(_: int) -> int:
        with widget(stack, live_cast.key.key, browser=browser) as tab:
            welcomed: int = tab.hello()["sequence"]
            tab.events(1, click(1))
            tab.expect("ack")
            return welcomed

    with ThreadPoolExecutor(8) as tabs:
        assert list(tabs.map(open_tab, range(8))) == [0] * 8
    made = Browser.objects.get(pk=UUID(browser))
    assert Session.objects.filter(browser=made, contact=made.contact).count() == 8
    # Those that came second left nobody behind.
    assert set(Contact.objects.filter(workspace=live_cast.acme)) == {live_cast.vera, made.contact}
