"""Who may no longer listen is hung up on at once, and nobody beside them."""

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.accounts.test_proof import sign
from tests.cast import Cast
from tests.console.conftest import signed_in
from tests.console.test_socket import console
from tests.stack import Stack
from tests.widget_client import WidgetClient, click, widget
from vcsm.accounts.contact_data import erase_contact
from vcsm.accounts.identity_keys import add_identity_key, retire_identity_key
from vcsm.accounts.models import Contact, IdentityKey, WidgetKey
from vcsm.config import asgi
from vcsm.events.models import Session
from vcsm.setup.keys import change_origins, revoke_key
from vcsm.setup.members import change_role, remove_member
from widget import consumer

WITHIN = 30
"""Seconds; a hint may get lost, so keys are also looked after every five."""


def end_of(connection: Any) -> int:
    """The code that the server closes with."""
    deadline = time.monotonic() + WITHIN
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            connection.recv(timeout=max(0.01, deadline - time.monotonic()))
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def still_open(client: WidgetClient, sequence: int) -> bool:
    client.events(sequence, click(sequence))
    return bool(client.expect("ack")["sequence"] == sequence)


def now() -> datetime:
    return datetime.now(UTC)


def test_a_key_taken_out_of_use_closes_its_sockets_and_no_others(
    stack: Stack, live_cast: Cast
) -> None:
    other = WidgetKey.objects.create(workspace=live_cast.acme, origins=live_cast.key.origins)
    with (
        widget(stack, live_cast.key.key) as silent,
        widget(stack, live_cast.key.key) as greeted,
        widget(stack, other.key) as kept,
    ):
        greeted.hello()
        kept.hello()
        revoke_key(by=live_cast.bob, key_id=live_cast.key.pk, now=now())
        assert end_of(greeted.connection) == 4403
        assert end_of(silent.connection) == 4403
        assert still_open(kept, 1)
    with pytest.raises(InvalidStatus), widget(stack, live_cast.key.key):
        pass


def test_an_origin_taken_off_the_list_closes_its_sockets_and_no_others(
    stack: Stack, live_cast: Cast
) -> None:
    gone, stays = "https://gone.acme.example", "https://stays.acme.example"
    key = WidgetKey.objects.create(workspace=live_cast.acme, origins=[gone, stays])
    with (
        widget(stack, key.key, origin=gone) as turned_away,
        widget(stack, key.key, origin=stays) as kept,
    ):
        turned_away.hello()
        kept.hello()
        change_origins(by=live_cast.bob, key_id=key.pk, origins=[stays], now=now())
        assert end_of(turned_away.connection) == 4403
        assert still_open(kept, 1)


def test_a_retired_identity_key_has_every_page_prove_anew_who_is_there(
    stack: Stack, live_cast: Cast
) -> None:
    leaked, good = (
        add_identity_key(workspace_id=live_cast.acme.pk, now=now())[0] for _ in range(2)
    )

    def vera(key: IdentityKey) -> dict[str, str]:
        at = int(time.time())
        claims = {"sub": "vera", "aud": live_cast.acme.slug, "iat": at, "exp": at + 600}
        return {"id": "vera", "token": sign(key, claims)}

    with (
        widget(stack, live_cast.key.key) as forged,
        widget(stack, live_cast.globex_key.key) as kept,
    ):
        forged.hello(identity=vera(leaked))
        kept.hello()
        session = Session.objects.filter(pk=forged.session, contact=live_cast.vera)
        assert session.exists()
        retire_identity_key(leaked, now=now())
        assert end_of(forged.connection) == 4403
        assert still_open(kept, 1)
    for key, is_vera in ((leaked, False), (good, True)):
        with widget(stack, live_cast.key.key) as back:
            back.session, back.browser = forged.session, forged.browser
            back.hello(identity=vera(key))
            assert session.exists() == is_vera


def test_an_erased_contacts_pages_are_hung_up_on(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as erased, widget(stack, live_cast.key.key) as kept:
        erased.hello()
        kept.hello()
        assert still_open(erased, 1)
        with_erased = Session.objects.select_related("contact").get(pk=erased.session)
        erase_contact(with_erased.contact)
        assert end_of(erased.connection) == 4403
        assert still_open(kept, 1)
    assert not Session.objects.filter(pk=erased.session).exists()


def test_where_that_hint_got_lost_the_next_message_finds_nobody(
    stack: Stack, live_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vcsm.accounts.contact_data.contact_erased", lambda browsers: None)
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        erase_contact(Session.objects.get(pk=client.session).contact)
        client.send(type="say", id="m1", text="Am I still there?")
        assert end_of(client.connection) == 4403
    assert not Contact.objects.filter(sessions__id=client.session).exists()


def test_signing_out_closes_the_members_sockets_and_not_their_colleagues(
    stack: Stack, live_cast: Cast
) -> None:
    alice, bob = signed_in(live_cast.alice), signed_in(live_cast.bob)
    with console(stack, alice) as closed, console(stack, bob) as kept:
        alice.post("/console/logout", headers={"host": "localhost"})
        assert end_of(closed) == 4401
        kept.ping().wait(5)


def test_who_is_taken_out_hears_nothing_more(stack: Stack, live_cast: Cast) -> None:
    alice, bob = signed_in(live_cast.alice), signed_in(live_cast.bob)
    with console(stack, alice) as removed, console(stack, bob) as kept:
        change_role(by=live_cast.bob, member_id=live_cast.alice.pk, role="product", now=now())
        remove_member(by=live_cast.bob, member_id=live_cast.alice.pk, successor_id=None, now=now())
        assert end_of(removed) == 4401
        kept.ping().wait(5)


async def opened(cast: Cast) -> ApplicationCommunicator:
    scope = {
        "type": "websocket",
        "path": "/widget/socket",
        "query_string": f"key={cast.key.key}".encode(),
        "headers": [(b"origin", b"http://localhost:1")],
        "subprotocols": ["vcsm.v1"],
    }
    socket = ApplicationCommunicator(asgi.application, scope)
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(10))["type"] == "websocket.accept"
    return socket


async def test_who_has_said_hello_may_wait_for_the_answer(
    live_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands come back at once after a deploy, and the last is greeted late."""
    monkeypatch.setattr(consumer, "GREETING_SECONDS", 0.1)
    greet = consumer.contact.greet

    async def late(*told: Any) -> Any:
        await asyncio.sleep(0.5)
        return await greet(*told)

    monkeypatch.setattr(consumer.contact, "greet", late)
    socket = await opened(live_cast)
    hello = {"type": "hello", "session": str(uuid4()), "browser": str(uuid4()), "at": 0}
    await socket.send_input({"type": "websocket.receive", "text": json.dumps(hello)})
    first = await socket.receive_output(10)
    assert json.loads(first["text"])["type"] == "welcome"
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await asyncio.wait_for(socket.wait(5), 10)


async def test_a_socket_that_never_says_hello_is_closed(
    live_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumer, "GREETING_SECONDS", 0.1)
    socket = await opened(live_cast)
    closed = await socket.receive_output(10)
    assert (closed["type"], closed["code"]) == ("websocket.close", 4400)
    await socket.send_input({"type": "websocket.disconnect", "code": 4400})
    await asyncio.wait_for(socket.wait(5), 10)
    assert await sync_to_async(WidgetKey.objects.filter(pk=live_cast.key.pk).exists)()
