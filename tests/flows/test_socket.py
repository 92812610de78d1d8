"""The socket against the real server: what is acknowledged is stored, once, and nothing else is."""

import json
from uuid import UUID, uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.cast import Cast
from tests.stack import Stack
from tests.widget_client import click, now_ms, rage, widget
from vcsm.accounts.models import Contact
from vcsm.conversations.models import Message
from vcsm.events.models import Batch, Event, Session
from vcsm.friction.models import FrictionSignal


def stored(session: str) -> list[tuple[int, int]]:
    rows = Event.objects.filter(session_id=UUID(session)).order_by("sequence", "position")
    return list(rows.values_list("sequence", "position"))


def test_it_works(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        assert client.hello()["sequence"] == 0
        client.events(1, click(1), click(2))
        assert client.expect("ack")["sequence"] == 1
        assert stored(client.session) == [(1, 0), (1, 1)]


def test_a_resend_is_acknowledged_and_not_stored_twice(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        for _ in range(3):
            client.events(1, click(1))
        assert [client.expect("ack")["sequence"] for _ in range(3)] == [1, 1, 1]
        assert stored(client.session) == [(1, 0)]


def test_a_reconnect_resumes_after_the_last_stored_batch(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as first:
        first.hello()
        first.events(1, click(1))
        first.events(2, click(2))
        first.expect("ack")
        first.expect("ack")
    with widget(stack, live_cast.key.key, session=first.session, browser=first.browser) as second:
        assert second.hello()["sequence"] == 2
        second.events(2, click(2))
        second.events(3, click(3))
        assert [second.expect("ack")["sequence"] for _ in range(2)] == [2, 3]
    assert stored(first.session) == [(1, 0), (2, 0), (3, 0)]


def test_a_gap_is_told_and_nothing_behind_it_is_stored(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.events(2, click(2))
        error = client.expect("error")
        assert (error["code"], error["sequence"]) == ("sequence_gap", 1)
        client.events(1, click(1))
        client.events(2, click(2))
        assert [client.expect("ack")["sequence"] for _ in range(2)] == [1, 2]
    assert stored(client.session) == [(1, 0), (2, 0)]


def test_a_bad_batch_is_refused_whole_and_the_next_one_goes_on(
    stack: Stack, live_cast: Cast
) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.events(1, click(1), click(-2))
        error = client.expect("error")
        assert (error["code"], error["field"], error["sequence"]) == (
            "invalid",
            "events[1].click",
            1,
        )
        client.events(2, click(3))
        assert client.expect("ack")["sequence"] == 2
    assert stored(client.session) == [(2, 0)]
    assert list(
        Batch.objects.filter(session_id=client.session).order_by("sequence").values_list("events")
    ) == [(0,), (1,)]


def test_a_batch_of_an_impossible_number_holds_up_nobody(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as hostile, widget(stack, live_cast.key.key) as client:
        hostile.hello()
        client.hello()
        for sequence in range(1, 6):
            hostile.events(-(2**40), click(-2))
            client.events(sequence, click(sequence))
            assert hostile.expect("error")["code"] == "invalid"
            assert client.expect("ack")["sequence"] == sequence


@pytest.mark.parametrize("frame", ["no json", '{"type":"shout"}', '{"type":"say","id":"1"}'])
def test_a_recoverable_error_leaves_the_connection_open(
    stack: Stack, live_cast: Cast, frame: str
) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.connection.send(frame)
        assert not client.expect("error")["closes"]
        client.events(1, click(1))
        assert client.expect("ack")["sequence"] == 1


def test_anything_before_hello_closes_with_a_code(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.events(1, click(1))
        error = client.expect("error")
        assert (error["code"], error["closes"]) == ("hello_first", True)
        with pytest.raises(ConnectionClosed) as closed:
            client.next()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4400


def test_a_binary_frame_is_refused(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.connection.send(b"\x00\x01")
        assert client.expect("error")["code"] == "malformed"


def test_a_frame_over_its_size_is_refused_and_the_connection_stays(
    stack: Stack, live_cast: Cast
) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.send(type="say", id="m1", text="x" * 300_000)
        assert client.expect("error")["code"] == "too_large"
        client.events(1, click(1))
        assert client.expect("ack")["sequence"] == 1


def test_endless_nonsense_is_cut_off(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        with pytest.raises(ConnectionClosed) as closed:
            for _ in range(30):
                client.connection.send("nonsense")
                client.next()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4429


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_foreign_origin_is_refused_at_the_handshake(
    stack: Stack, live_cast: Cast, origin: str
) -> None:
    with pytest.raises(InvalidStatus) as refused, widget(stack, live_cast.key.key, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_wrong_key_is_refused_at_the_handshake(stack: Stack, live_cast: Cast) -> None:
    with pytest.raises(InvalidStatus) as refused, widget(stack, "pk_nobody"):
        pass
    assert refused.value.response.status_code == 403


def test_another_browser_cannot_continue_a_session(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        with widget(stack, live_cast.key.key, session=client.session) as thief:
            thief.send(type="hello", session=thief.session, browser=thief.browser, at=now_ms())
            assert thief.expect("error")["code"] == "wrong_session"


def test_another_workspace_cannot_use_a_browser_of_acme(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        with widget(
            stack, live_cast.globex_key.key, session=str(uuid4()), browser=client.browser
        ) as foreign:
            foreign.send(
                type="hello", session=foreign.session, browser=foreign.browser, at=now_ms()
            )
            assert foreign.expect("error")["code"] == "wrong_session"


def test_identify_names_the_contact_and_their_account(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.send(
            type="identify",
            identity={"id": "omar", "name": "Omar", "account": {"id": "kestrel"}},
        )
        client.events(1, click(1))
        client.expect("ack")
    contact = Session.objects.get(id=client.session).contact
    assert (contact.name, contact.account) == ("Omar", live_cast.kestrel)
    assert not Contact.objects.filter(
        workspace=live_cast.acme, external_id=None, sessions__id=client.session
    ).exists()


@pytest.mark.parametrize(
    "text",
    ["مرحبا", "こんにちは", "👩‍👩‍👧‍👦 🏳️‍🌈", "a\x00b", "\u202eevil", "x" * 20_000],
)
def test_any_text_survives(stack: Stack, live_cast: Cast, text: str) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.send(type="say", id="m1", text=text)
        assert client.expect("ack")["message"] == "m1"
    said = Message.objects.get(workspace=live_cast.acme, client_id="m1")
    assert said.text == text.replace("\x00", "\ufffd")


def test_a_paste_of_100_kb_is_refused_clearly(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.send(type="say", id="m1", text="x" * 100_000)
        error = client.expect("error")
        assert (error["code"], error["field"], error["message"]) == ("invalid", "text", "m1")


def test_a_message_sent_twice_is_one_message(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.send(type="say", id="m1", text="Where is my card?")
        client.send(type="say", id="m1", text="Where is my card?")
        first, second = client.expect("ack"), client.expect("ack")
        assert first == second
    assert Message.objects.filter(workspace=live_cast.acme, client_id="m1").count() == 1


def test_friction_is_stored_with_the_events_that_show_it(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.events(1, click(1), rage(clicks=5))
        client.expect("ack")
        signal = FrictionSignal.objects.get(session_id=client.session)
        assert (signal.kind, signal.element, signal.page) == ("rage", "export", "/reports")
        assert signal.evidence == [[1, 1]]


def test_detectors_go_on_where_another_process_left_off(stack: Stack, live_cast: Cast) -> None:
    """The state is rebuilt from the events: a burst that grows after a reconnect is one episode."""
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.events(1, click(1), rage(clicks=4))
        client.expect("ack")
        client.events(2, rage(clicks=9))
        client.expect("ack")
    signal = FrictionSignal.objects.get(session_id=client.session)
    assert signal.count == 9
    assert json.loads(json.dumps(signal.facts))


def test_wrong_friction_settings_hold_up_no_events(stack: Stack, live_cast: Cast) -> None:
    live_cast.acme.friction_settings = {"rage.min_clicks": "many"}
    live_cast.acme.save()
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.events(1, click(1), rage(clicks=5))
        client.expect("ack")
    assert FrictionSignal.objects.filter(session_id=client.session, kind="rage").exists()


def test_a_workspace_can_switch_a_kind_off(stack: Stack, live_cast: Cast) -> None:
    live_cast.acme.friction_settings = {"rage.off": True}
    live_cast.acme.save()
    with widget(stack, live_cast.key.key) as client:
        client.hello()
        client.events(1, click(1), rage(clicks=5))
        client.expect("ack")
    assert not FrictionSignal.objects.filter(session_id=client.session).exists()
