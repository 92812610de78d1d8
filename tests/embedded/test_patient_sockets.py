"""Who is cut off for not answering a ping, on uvicorn itself with short waits."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn

from tests.widget.raw_socket import PING, TEXT, RawSocket
from vcsm.embedded.patient_sockets import PatientProtocol

INTERVAL, TIMEOUT = 0.1, 1.0


async def echo(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
    """Answers each message."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": "vcsm.v1"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


@pytest.fixture
def raw() -> Iterator[RawSocket]:
    """A client that answers no ping, after the opening handshake."""
    server = uvicorn.Server(
        uvicorn.Config(
            echo,
            port=0,
            ws=PatientProtocol,
            ws_ping_interval=INTERVAL,
            ws_ping_timeout=TIMEOUT,
            lifespan="off",
            log_level="warning",
        )  # fmt: skip
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    client = RawSocket(port)
    assert client.handshake("", f"http://127.0.0.1:{port}").startswith("HTTP/1.1 101")
    yield client
    client.end()
    server.should_exit = True
    thread.join()


def test_who_goes_on_talking_stays(raw: RawSocket) -> None:
    pings = answers = 0
    while pings < 3:  # each but the first was asked after one that had no answer
        raw.send(TEXT, b"hello")
        while (frame := raw.next())[0] == PING:
            pings += 1
        assert frame == (TEXT, b"hello")
        answers += 1
        time.sleep(0.01)
    assert answers > pings


def test_who_is_silent_is_hung_up_on(raw: RawSocket) -> None:
    raw.send(TEXT, b"hello")
    assert raw.closed_with() == 1011
    with suppress(ConnectionError):
        raw.send(TEXT, b"hello")
    assert raw.hung_up()
