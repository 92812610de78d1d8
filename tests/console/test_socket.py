"""The members' live socket, through the real web server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.utils import timezone
from websockets.asyncio.client import connect as connect_async
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.cast import NOON, PASSWORD, Cast
from tests.console.conftest import signed_in
from tests.console.scene import Scene, make_scene
from tests.stack import Stack
from vcsm.accounts.broadcast import access_changed
from vcsm.accounts.models import Contact, Workspace
from vcsm.assistant.reply import reply
from vcsm.console.frames import Looking, Typing, parse_frame
from vcsm.console.origin import is_same_origin
from vcsm.conversations.models import Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.core.live import browser_group
from vcsm.escalation.work import take_over
from vcsm.events.models import Session
from vcsm.knowledge.articles import ArticleText, save_article
from vcsm.setup.currency import name_currency


@pytest.fixture
def live_scene(live_cast: Cast) -> Scene:
    return make_scene(live_cast)


@contextmanager
def console(
    stack: Stack, client: Client | None, *, origin: str | None = None
) -> Iterator[ClientConnection]:
    cookie = client.cookies["sessionid"].value if client else "nothing"
    with connect(
        f"ws://127.0.0.1:{stack.port}/console/socket",
        origin=origin or stack.origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": f"sessionid={cookie}"},
    ) as connection:
        yield connection


def next_hint(connection: ClientConnection) -> dict[str, Any]:
    hint: dict[str, Any] = json.loads(connection.recv(timeout=10))
    return hint


def say(scene: Scene, text: str) -> Message:
    return post_message(
        conversation=scene.conversation, author=Message.Author.CONTACT, text=text, now=NOON
    )


def test_it_works(stack: Stack, live_scene: Scene) -> None:
    with console(stack, signed_in(live_scene.cast.alice)) as connection:
        _wait_until_joined(connection, live_scene)
        take_over(
            escalation_id=live_scene.escalation.pk, member_id=live_scene.cast.bob.pk, now=NOON
        )
        hints = [next_hint(connection) for _ in range(2)]

    assert {"what": "escalation", "id": str(live_scene.escalation.pk), "state": "taken"} in hints
    assert "Bob has joined" in next(
        hint["message"]["text"] for hint in hints if hint["what"] == "message"
    )


def test_what_is_understood_comes_with_its_hint_as_it_would_be_read(
    stack: Stack, live_scene: Scene
) -> None:
    acme, alice = live_scene.cast.acme.pk, signed_in(live_scene.cast.alice)
    body = ArticleText("Export a report", "Open the report and press **Export**.")
    save_article(workspace_id=acme, slug="export", text=body, at=NOON)
    with console(stack, alice) as connection:
        _wait_until_joined(connection, live_scene)
        for text in ("how do I export a report?", "?"):
            reply(message_id=say(live_scene, text).pk, now=timezone.now())
            hint = next_hint(connection)
            while hint["what"] != "understood":
                hint = next_hint(connection)
            read = alice.get(f"{live_scene.api}/understood").json()
            assert hint["contact"] == live_scene.cast.vera.pk
            assert hint["message"] == {key: read["message"][key] for key in hint["message"]}
            assert hint["passage"] == without_time(read["passage"])


def without_time(passage: dict[str, Any] | None) -> dict[str, Any] | None:
    return passage and {key: value for key, value in passage.items() if key != "at"}


def test_charlie_hears_nothing_of_acme(stack: Stack, live_cast: Cast) -> None:
    acme = make_scene(live_cast)
    theirs = live_cast.session(_contact_of_globex(live_cast))
    with console(stack, signed_in(live_cast.charlie)) as connection:
        say(acme, "a secret of Acme")
        # Their own message comes after it: had the secret been sent to them, it would be first.
        own = _hint_of_own_workspace(connection, theirs)

    assert own["message"]["text"].startswith("own")


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
def test_a_foreign_page_cannot_open_it(stack: Stack, live_scene: Scene, origin: str) -> None:
    alice = signed_in(live_scene.cast.alice)

    with pytest.raises(InvalidStatus) as refused, console(stack, alice, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_stranger_and_a_user_who_is_no_member_are_told_that_they_are_signed_out(
    stack: Stack, live_scene: Scene
) -> None:
    nobody = Client()
    nobody.force_login(User.objects.create_user(f"nobody-{uuid4().hex[:8]}"))

    for client in (None, nobody):
        with console(stack, client) as connection, pytest.raises(ConnectionClosed) as closed:
            connection.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


def test_it_closes_when_the_workspace_asks_for_more_than_a_password(
    stack: Stack, live_scene: Scene
) -> None:
    alice = live_scene.cast.alice
    with console(stack, signed_in(alice)) as connection:
        _wait_until_joined(connection, live_scene)
        Workspace.objects.filter(pk=alice.workspace_id).update(second_factor_required=True)
        access_changed(alice.workspace_id)
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                connection.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize("act", ["password", "sign-out-elsewhere"])
def test_it_closes_where_the_member_was_signed_out_from_elsewhere(
    stack: Stack, live_scene: Scene, act: str
) -> None:
    here, there = (signed_in(live_scene.cast.alice) for _ in range(2))
    body = {"current": PASSWORD, "new": "quite another horse battery"}
    with console(stack, there) as connection:
        _wait_until_joined(connection, live_scene)
        done = here.post(f"/console/api/you/{act}", body, content_type="application/json")
        assert done.status_code == 200
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                connection.recv(timeout=10)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == 4401
    # Here it opens again, under the key that this browser has now.
    with console(stack, here) as connection:
        _wait_until_joined(connection, live_scene)


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "null",
        "[]",
        "{",
        '{"what":"delete"}',
        '{"what":"typing"}',
        "x" * 5000,
        '{"what":"looking","escalation":"1"}',
    ],
)
def test_any_other_frame_ends_the_connection(stack: Stack, live_scene: Scene, frame: str) -> None:
    with console(stack, signed_in(live_scene.cast.alice)) as connection:
        connection.send(frame)
        with pytest.raises(ConnectionClosed) as closed:
            connection.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4400


async def test_typing_reaches_the_contact_only_from_the_member_who_speaks(
    stack: Stack, live_scene: Scene
) -> None:
    layer = get_channel_layer()
    listener = await layer.new_channel()
    await layer.group_add(browser_group(live_scene.session.browser_id), listener)
    cast = live_scene.cast
    await sync_to_async(take_over)(
        escalation_id=live_scene.escalation.pk, member_id=cast.alice.pk, now=NOON
    )
    joined = (await layer.receive(listener))["payload"]
    for member in (cast.charlie, cast.bob, cast.alice):
        cookie = (await sync_to_async(signed_in)(member)).cookies["sessionid"].value
        async with connect_async(
            f"ws://127.0.0.1:{stack.port}/console/socket",
            origin=stack.origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"sessionid={cookie}"},
        ) as connection:
            await connection.send(
                json.dumps(
                    {
                        "what": "typing",
                        "conversation": str(live_scene.conversation.pk),
                        "on": True,
                    }
                )
            )
            # A broken frame is answered with a close, so the one before it has been dealt with.
            await connection.send("done")
            await connection.wait_closed()

    assert joined["author"] == "notice"
    while (heard := (await layer.receive(listener))["payload"])["type"] == "changed":
        pass  # who has the escalation is on the contact's first page
    assert heard == {"to": cast.vera.pk, "type": "typing", "on": True, "name": "Alice"}


def test_parsing_frames() -> None:
    one = uuid4()

    frame = json.dumps({"what": "typing", "conversation": str(one), "on": False})
    assert parse_frame(frame) == Typing(one, False)
    assert parse_frame(json.dumps({"what": "looking", "escalation": str(one)})) == Looking(one)
    assert parse_frame('{"what":"looking","escalation":null}') == Looking(None)
    for broken in (None, '{"what":"typing","conversation":"x","on":true}', frame + "x"):
        with pytest.raises(ValueError):
            parse_frame(broken)


def test_members_see_who_looks_at_what_until_the_socket_is_gone(
    stack: Stack, live_scene: Scene
) -> None:
    cast, pk = live_scene.cast, str(live_scene.escalation.pk)
    with console(stack, signed_in(cast.bob)) as bob:
        with console(stack, signed_in(cast.alice)) as alice:
            alice.send(json.dumps({"what": "looking", "escalation": pk}))
            seen = next_hint(bob)
            assert (seen["what"], seen["escalation"]) == ("looking", pk)
            assert seen["member"] == {"id": cast.alice.pk, "name": "Alice"}
            # Whoever comes later is told what went before.
            with console(stack, signed_in(cast.bob)) as late:
                assert next_hint(late)["escalation"] == pk
        gone = next_hint(bob)
    assert (gone["socket"], gone["escalation"]) == (seen["socket"], None)


def test_who_runs_through_the_list_is_told_once_and_charlie_sees_nobody(
    stack: Stack, live_scene: Scene
) -> None:
    cast = live_scene.cast
    with (
        console(stack, signed_in(cast.charlie)) as charlie,
        console(stack, signed_in(cast.bob)) as bob,
        console(stack, signed_in(cast.alice)) as alice,
    ):
        looks = [str(uuid4()) for _ in range(5)]
        for one in looks:
            alice.send(json.dumps({"what": "looking", "escalation": one}))
        assert next_hint(bob)["escalation"] == looks[-1]
        theirs = live_scene.cast.session(_contact_of_globex(cast))
        assert _hint_of_own_workspace(charlie, theirs)["what"] == "message"


def test_same_origin_is_host_and_port() -> None:
    def ask(origin: bytes, host: bytes = b"vcsm.example:8000") -> bool:
        return is_same_origin([(b"host", host), (b"origin", origin)])

    assert ask(b"https://vcsm.example:8000")
    assert ask(b"HTTP://VCSM.example:8000")
    for foreign in (b"https://vcsm.example", b"https://evil.vcsm.example:8000", b"null", b"\xff"):
        assert not ask(foreign)
    assert not is_same_origin([(b"host", b"vcsm.example")])
    with override_settings(SESSION_COOKIE_SECURE=True):
        assert ask(b"https://vcsm.example:8000") and not ask(b"http://vcsm.example:8000")


def _contact_of_globex(cast: Cast) -> Contact:
    return Contact.objects.create(workspace=cast.globex, name="Gwen")


def test_another_currency_is_told_to_its_own_workspace_only(
    stack: Stack, live_scene: Scene
) -> None:
    cast = live_scene.cast
    theirs = cast.session(Contact.objects.create(workspace=cast.globex, name="Gwen"))
    with (
        console(stack, signed_in(cast.alice)) as ours,
        console(stack, signed_in(cast.charlie)) as globex,
    ):
        _wait_until_joined(ours, live_scene)
        name_currency(by=cast.bob, currency="JPY", now=NOON)
        assert next_hint(ours) == {"what": "workspace"}
        heard = _hint_of_own_workspace(globex, theirs)
    assert heard["message"]["text"] == "own message"


def _wait_until_joined(connection: ClientConnection, scene: Scene) -> None:
    """The group is joined before the handshake ends; one message proves it."""
    say(scene, "ready?")
    assert next_hint(connection)["message"]["text"] == "ready?"


def _hint_of_own_workspace(connection: ClientConnection, session: Session) -> dict[str, Any]:
    post_message(
        conversation=conversation_of(session),
        author=Message.Author.CONTACT,
        text="own message",
        now=NOON,
    )
    return next_hint(connection)
