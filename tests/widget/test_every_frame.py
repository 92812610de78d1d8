"""The socket is cut at every frame of a conversation: nothing is lost, nothing twice, order kept.

The contact's end is the code that ships, run by Node; the server is the real one.
"""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.browser.fixture_page import FRONTEND, NODE
from tests.cast import Cast
from tests.stack import Stack
from tests.widget.cut_wire import CutWire
from vcsm.conversations.models import Conversation, Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.conversations.takeover import start_takeover
from vcsm.events.models import Session

SAID = ["one", "two", "three", "four"]


@dataclass
class Contact:
    """The widget's end: orders in, what it shows out."""

    process: "subprocess.Popen[str]"
    wire: CutWire
    cast: Cast

    def order(self, do: str, **more: str) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.process.stdin.flush()
        shown: dict[str, Any] = json.loads(self.process.stdout.readline())
        return shown

    def open(self) -> tuple[Session, Conversation]:
        session, browser = str(uuid4()), str(uuid4())
        url = f"ws://127.0.0.1:{self.wire.port}/widget/socket?key={self.cast.key.key}"
        self.order("open", url=url, session=session, browser=browser)
        self.wait(lambda shown: shown["online"])
        found = Session.objects.get(id=UUID(session))
        return found, conversation_of(found)

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + 60
        while not wanted(shown := self.order("view")):
            assert time.monotonic() < deadline, shown
            time.sleep(0.02)
        return shown


@pytest.fixture
def contact(stack: Stack, live_cast: Cast) -> Iterator[Contact]:
    wire = CutWire(stack.port, stack.origin)
    process = subprocess.Popen(
        [str(NODE), "widget/socket/driven.ts"],
        cwd=FRONTEND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield Contact(process, wire, live_cast)
    process.kill()
    process.wait()
    wire.close()


def talk(contact: Contact, *, reload: bool = False) -> tuple[list[str], list[dict[str, Any]]]:
    """A conversation of six messages; what the server has of it, and what the contact sees."""
    _, conversation = contact.open()
    alice = contact.cast.alice
    start_takeover(conversation=conversation, member=alice, now=datetime.now(UTC))

    def answer(text: str) -> None:
        post_message(
            conversation=conversation,
            author=Message.Author.MEMBER,
            member=alice,
            text=text,
            now=datetime.now(UTC),
        )

    contact.order("say", text=SAID[0])
    answer("first answer")
    contact.order("say", text=SAID[1])
    contact.order("say", text=SAID[2])
    if reload:
        contact.order("reload")
    answer("second answer")
    contact.order("say", text=SAID[3])
    contact.wait(
        lambda shown: (
            shown["online"]
            and len([one for one in shown["bubbles"] if one["seq"]]) >= 7
            and all(one["state"] == "stored" for one in shown["bubbles"])
        )
    )
    shown = contact.order("view")["bubbles"]
    stored = Message.objects.filter(conversation=conversation).order_by("seq")
    return [message.text for message in stored], shown


def check(contact: Contact, *, reload: bool = False) -> None:
    stored, shown = talk(contact, reload=reload)
    assert [text for text in stored if text in SAID] == SAID
    assert [one["text"] for one in shown] == stored
    assert [one["seq"] for one in shown] == list(range(1, len(stored) + 1))


def test_it_works(contact: Contact) -> None:
    contact.wire.cut_at(0)
    check(contact)
    assert contact.wire.passed >= 15 and contact.wire.cuts == 0


def test_cut_at_every_frame(contact: Contact) -> None:
    frame = 1
    while True:
        contact.wire.cut_at(frame)
        check(contact)
        if not contact.wire.cuts:
            break  # the conversation was over before that frame
        frame += 1
    assert frame > 15


@pytest.mark.parametrize("frame", [6, 11, 14])
def test_cut_and_the_page_loaded_anew(contact: Contact, frame: int) -> None:
    contact.wire.cut_at(frame)
    check(contact, reload=True)
    assert contact.wire.cuts == 1
