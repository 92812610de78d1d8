"""Epochs, read marks and files over the real socket and HTTP."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from tests.cast import Cast
from tests.stack import Stack
from tests.widget_client import WidgetClient, widget
from vcsm.conversations.history import start_epoch
from vcsm.conversations.models import Attachment, Conversation, Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.events.models import Session


@pytest.fixture
def client(stack: Stack, live_cast: Cast) -> Iterator[WidgetClient]:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        assert client.expect("conversation")["epoch"] == ""
        yield client


def say(client: WidgetClient, *texts: str) -> str:
    """Returns the epoch they are numbered in."""
    for text in texts:
        client.send(type="say", id=f"id-{text}", text=text)
        client.expect("ack")
    conversation = Conversation.objects.filter(browser_id=UUID(client.browser)).latest("created_at")
    return conversation.numbering


def again(stack: Stack, cast: Cast, client: WidgetClient, **hello: Any) -> list[dict[str, Any]]:
    """The conversation and the contact's own messages that a new connection is sent."""
    with widget(stack, cast.key.key, session=client.session, browser=client.browser) as second:
        second.hello(**hello)
        thread = second.expect("conversation")
        second.send(type="say", id="end", text="end")
        frames = [thread]
        while frames[-1].get("message") != "end":
            frames.append(second.next())
    # What was just posted may come live as well as from history: the number tells.
    said = {
        frame["seq"]: frame
        for frame in frames
        if frame["type"] == "message" and frame["author"] == "contact" and frame["text"] != "end"
    }
    return [thread, *said.values()]


def test_it_works(stack: Stack, live_cast: Cast, client: WidgetClient) -> None:
    epoch = say(client, "one", "two", "three")
    thread, *messages = again(stack, live_cast, client, epoch=epoch, last_message=1)
    assert (thread["epoch"], thread["fresh"]) == (epoch, False)
    assert {message["epoch"] for message in messages} == {epoch}
    assert [message["text"] for message in messages][-1] == "three"


def test_another_numbering_is_read_from_the_start(
    stack: Stack, live_cast: Cast, client: WidgetClient
) -> None:
    say(client, "one", "two")
    thread, *messages = again(stack, live_cast, client, epoch="another.1", last_message=2)
    assert thread["fresh"]
    assert [message["text"] for message in messages] == ["one", "two"]


def test_an_older_database_is_noticed(stack: Stack, live_cast: Cast, client: WidgetClient) -> None:
    epoch = say(client, "one")
    thread, *messages = again(stack, live_cast, client, epoch=epoch, last_message=500)
    assert thread["fresh"] and [message["text"] for message in messages] == ["one"]
    assert start_epoch(live_cast.acme.pk) == 1
    thread, *_ = again(stack, live_cast, client, epoch=epoch, last_message=1)
    assert thread["fresh"] and thread["epoch"] != epoch


def test_who_is_named_later_gets_their_own_conversation(
    stack: Stack, live_cast: Cast, client: WidgetClient
) -> None:
    for who in ("vera", "omar"):
        client.send(type="identify", identity={"id": who})
        thread = client.expect("conversation")
        assert thread["fresh"]
        epoch = say(client, f"I am {who}")
        assert thread["epoch"] in ("", epoch)
    client.send(type="identify", identity={"id": "vera"})
    assert client.expect("conversation")["fresh"]
    assert client.expect("message")["text"] == "I am vera"


def test_a_message_to_who_was_here_before_does_not_reach_who_is_here_now(
    stack: Stack, live_cast: Cast, client: WidgetClient
) -> None:
    client.send(type="identify", identity={"id": "vera"})
    client.expect("conversation")
    say(client, "I am vera")
    theirs = Conversation.objects.get(contact=live_cast.vera, browser_id=client.browser)
    client.send(type="identify", identity={"id": "omar"})
    client.expect("conversation")
    post_message(
        conversation=theirs, author=Message.Author.MEMBER, text="For Vera", now=datetime.now(UTC)
    )
    say(client, "I am omar")
    assert client.expect("message")["text"] == "I am omar"


def test_read_marks_reach_the_other_tab_and_come_back(
    stack: Stack, live_cast: Cast, client: WidgetClient
) -> None:
    epoch = say(client, "one", "two")
    client.send(type="read", seq=2)
    assert client.expect("read") == {"type": "read", "seq": 2, "epoch": epoch}
    thread, *_ = again(stack, live_cast, client, epoch=epoch, last_message=2)
    assert thread["read"] == 2


def test_older_messages_come_when_asked_for(
    stack: Stack, live_cast: Cast, client: WidgetClient
) -> None:
    session = Session.objects.get(id=client.session)
    conversation = conversation_of(session)
    Message.objects.bulk_create(
        Message(
            workspace=live_cast.acme,
            conversation=conversation,
            seq=seq,
            author="assistant",
            text=str(seq),
            sent_at=session.started_at,
        )
        for seq in range(1, 2_101)
    )
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=2_100)
    with widget(stack, live_cast.key.key, session=client.session, browser=client.browser) as second:
        second.hello()
        assert second.expect("message")["seq"] == 101
        for _ in range(1_999):
            second.expect("message")
        second.send(type="older", before=101)
        assert [second.expect("message")["seq"] for _ in range(100)] == list(range(1, 101))


def upload(
    stack: Stack, cast: Cast, client: WidgetClient, data: bytes, name: str, **more: Any
) -> httpx.Response:
    return httpx.post(
        f"{stack.origin}/widget/file",
        params={"key": cast.key.key, "id": more.get("file", str(uuid4())), "name": name},
        headers={"origin": stack.origin, "x-vcsm-browser": more.get("browser", client.browser)},
        content=data,
    )


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (20, 10), "navy").save(written, "PNG")
    return written.getvalue()


def test_a_file_is_kept_said_and_read_back(
    stack: Stack, live_cast: Cast, client: WidgetClient
) -> None:
    file = str(uuid4())
    for _ in range(2):  # a resend is harmless
        kept = upload(stack, live_cast, client, picture(), "näh/../shot.png", file=file)
        assert kept.status_code == 201 and kept.json()["name"] == "shot.png"
    client.send(type="say", id="f1", text="", files=[file])
    message = client.expect("message")
    assert [one["id"] for one in message["files"]] == [file]
    given = httpx.get(
        f"{stack.origin}/widget/file",
        params={"key": live_cast.key.key, "id": file},
        headers={"origin": stack.origin, "x-vcsm-browser": client.browser},
    )
    assert given.headers["content-type"] == "image/png"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert "attachment" in given.headers["content-disposition"]
    assert Image.open(io.BytesIO(given.content)).size == (20, 10)
    other = httpx.get(
        given.request.url, headers={"origin": stack.origin, "x-vcsm-browser": str(uuid4())}
    )
    assert other.status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.png", b"<script>alert(1)</script>", 415, "markup"),
        ("a.svg", b"<svg onload='alert(1)'/>", 415, "markup"),
        ("a.bin", b"\x00" * 10, 415, "kind"),
        ("a.txt", b"x" * (9 * 1024 * 1024), 413, "too_large"),
        ("a.txt", b"", 415, "empty"),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(
    stack: Stack,
    live_cast: Cast,
    client: WidgetClient,
    name: str,
    data: bytes,
    status: int,
    code: str,
) -> None:
    refused = upload(stack, live_cast, client, data, name)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.json()["detail"]
    assert not Attachment.objects.filter(browser_id=client.browser).exists()


def test_a_stranger_can_neither_send_nor_take_a_file(
    stack: Stack, live_cast: Cast, client: WidgetClient
) -> None:
    unknown = upload(stack, live_cast, client, b"hello", "a.txt", browser=str(uuid4()))
    assert unknown.status_code == 403
    file = str(uuid4())
    assert upload(stack, live_cast, client, b"hello", "a.txt", file=file).status_code == 201
    with widget(stack, live_cast.key.key) as stranger:
        stranger.hello()
        taken = upload(stack, live_cast, stranger, b"mine", "a.txt", file=file)
        assert (taken.status_code, taken.json()["code"]) == (409, "wrong_file")
        stranger.send(type="say", id="x", text="look", files=[file])
        assert stranger.expect("message")["files"] == []


def test_neither_words_nor_a_file_is_no_message(client: WidgetClient) -> None:
    client.send(type="say", id="nothing", text="")
    error = client.expect("error")
    assert (error["code"], error["field"], error["message"]) == ("invalid", "text", "nothing")
