"""The running server keeps to RFC 6455: what it must answer, what it must refuse, and with which
code. The cases follow Autobahn's groups: framing, pings, reserved bits, opcodes, fragmentation,
UTF-8, closing, limits, and the opening handshake."""

import json
import struct
import time
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.cast import Cast
from tests.stack import Stack
from tests.widget.raw_socket import BINARY, CLOSE, CONTINUED, PING, PONG, TEXT, RawSocket
from vcsm.embedded.slow_senders import HEAD_SECONDS

HOME = json.dumps({"type": "home"}).encode()


@pytest.fixture
def fresh(stack: Stack, live_cast: Cast) -> Iterator[RawSocket]:
    raw = RawSocket(stack.port)
    yield raw
    raw.end()


@pytest.fixture
def raw(fresh: RawSocket, stack: Stack, live_cast: Cast) -> RawSocket:
    """After the opening handshake and `hello`."""
    assert fresh.handshake(live_cast.key.key, stack.origin).startswith("HTTP/1.1 101")
    hello = {"type": "hello", "session": str(uuid4()), "browser": str(uuid4()), "at": 0}
    fresh.send(TEXT, json.dumps(hello).encode())
    assert heard(fresh, "welcome") and heard(fresh, "conversation")
    return fresh


def heard(raw: RawSocket, kind: str) -> bool:
    """Whether the next message is of this type."""
    opcode, payload = raw.next()
    return opcode == TEXT and json.loads(payload)["type"] == kind


def test_it_works(raw: RawSocket) -> None:
    raw.send(TEXT, HOME)
    assert heard(raw, "home")
    raw.send(CLOSE, struct.pack("!H", 1000))
    assert raw.closed_with() == 1000
    assert raw.hung_up()


@pytest.mark.parametrize("payload", [b"", b"hello", bytes(range(125))])
def test_a_ping_is_answered_with_its_own_words(raw: RawSocket, payload: bytes) -> None:
    raw.send(PING, payload)
    assert raw.next() == (PONG, payload)


def test_a_pong_nobody_asked_for_is_passed_over(raw: RawSocket) -> None:
    raw.send(PONG, b"unasked")
    raw.send(TEXT, HOME)
    assert heard(raw, "home")


def test_a_message_in_fragments_with_a_ping_between_is_one_message(raw: RawSocket) -> None:
    for place, byte in enumerate(HOME[:-1]):
        raw.send(CONTINUED if place else TEXT, bytes([byte]), last=False)
    raw.send(PING, b"between")
    assert raw.next() == (PONG, b"between")
    raw.send(CONTINUED, b"", last=False)
    raw.send(CONTINUED, HOME[-1:])
    assert heard(raw, "home")


@pytest.mark.parametrize("size", [126, 65_535, 65_536])
def test_every_form_of_the_length_is_read(raw: RawSocket, size: int) -> None:
    raw.send(TEXT, HOME + b" " * (size - len(HOME)))
    assert heard(raw, "home")


def test_a_character_cut_by_a_fragment_is_whole(raw: RawSocket) -> None:
    said = json.dumps({"type": "say", "id": "é", "text": "日本"}, ensure_ascii=False).encode()
    cut = said.index("本".encode()) + 1
    raw.send(TEXT, said[:cut], last=False)
    raw.send(CONTINUED, said[cut:])
    while (frame := json.loads(raw.next()[1]))["type"] != "ack":
        pass
    assert frame["message"] == "é"


@pytest.mark.parametrize(
    "wrong",
    [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xce\xba\xe1\xbd"],
)
def test_what_is_no_utf8_is_1007_and_one_line_in_the_log(
    raw: RawSocket, stack: Stack, wrong: bytes
) -> None:
    said_before = len(stack.log("web"))
    raw.send(TEXT, b'{"type":"' + wrong)
    assert raw.closed_with() == 1007
    said = stack.log("web")[said_before:].splitlines()
    assert "Traceback" not in "".join(said)
    [line] = [json.loads(one) for one in said if "UTF-8" in one]
    assert line["level"] == "warning" and "frames" not in line


@pytest.mark.parametrize("opcode", [3, 7, 11, 15])
def test_an_unknown_opcode_is_1002(raw: RawSocket, opcode: int) -> None:
    raw.send(opcode, b"x")
    assert raw.closed_with() == 1002


@pytest.mark.parametrize("reserved", [1, 2, 4])
def test_a_reserved_bit_is_1002(raw: RawSocket, reserved: int) -> None:
    """4 says "compressed", which was not agreed: so no frame unpacks to more than it is."""
    raw.send(TEXT, HOME, reserved=reserved)
    assert raw.closed_with() == 1002


def test_a_frame_without_a_mask_is_1002(raw: RawSocket) -> None:
    raw.send(TEXT, HOME, masked=False)
    assert raw.closed_with() == 1002


@pytest.mark.parametrize("frames", [[(CONTINUED, True)], [(TEXT, False), (TEXT, True)]])
def test_fragments_out_of_order_are_1002(raw: RawSocket, frames: list[tuple[int, bool]]) -> None:
    for opcode, last in frames:
        raw.send(opcode, b"x", last=last)
    assert raw.closed_with() == 1002


@pytest.mark.parametrize(("size", "last"), [(126, True), (1, False)])
def test_a_long_or_split_ping_is_1002(raw: RawSocket, size: int, last: bool) -> None:
    raw.send(PING, b"x" * size, last=last)
    assert raw.closed_with() == 1002


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", 1005),
        (struct.pack("!H", 1000) + "tschüß".encode(), 1000),
        (struct.pack("!H", 4999), 4999),
        (b"\x03", 1002),
        (struct.pack("!H", 999), 1002),
        (struct.pack("!H", 1005), 1002),
        (struct.pack("!H", 1016), 1002),
        (struct.pack("!H", 65_535), 1002),
        (struct.pack("!H", 1000) + b"\xff", 1007),
    ],
)
def test_a_close_is_answered_by_its_kind(raw: RawSocket, payload: bytes, code: int) -> None:
    raw.send(CLOSE, payload)
    assert raw.closed_with() == code
    assert raw.hung_up()


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_frame_or_message_that_is_far_too_large_is_1009(raw: RawSocket, pieces: int) -> None:
    size = (2 << 20) // pieces
    for piece in range(pieces):
        # Unread bytes of ours would reset the connection under the server's close: all but the
        # head of the frame that is too much stay unsent.
        if (piece + 1) * size > 1 << 20:
            raw.write(bytes([(piece + 1 == pieces) << 7 | (CONTINUED if piece else TEXT)]))
            raw.write(bytes([0x80 | 127]) + struct.pack("!Q", size) + bytes(4))
            break
        raw.send(CONTINUED if piece else TEXT, b"x" * size, last=False)
    assert raw.closed_with() == 1009


def test_a_binary_message_is_refused_and_the_connection_stays(raw: RawSocket) -> None:
    raw.send(BINARY, b"\x00")
    assert json.loads(raw.next()[1])["code"] == "malformed"
    raw.send(TEXT, HOME)
    assert heard(raw, "home")


def test_compression_is_not_agreed_to(fresh: RawSocket, stack: Stack, live_cast: Cast) -> None:
    offered = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"
    answer = fresh.handshake(live_cast.key.key, stack.origin, offered)
    assert answer.startswith("HTTP/1.1 101")
    assert "permessage-deflate" not in answer


@pytest.mark.parametrize(
    ("leave_out", "line", "status"),
    [
        ("Sec-WebSocket-Version", "Sec-WebSocket-Version: 12", 400),
        ("Sec-WebSocket-Key", "Sec-WebSocket-Key: short", 400),
        ("Sec-WebSocket-Key", "X-Nothing: 1", 400),
        ("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: other", 403),
        ("Sec-WebSocket-Protocol", "X-Nothing: 1", 403),
        ("Origin", "X-Nothing: 1", 403),
    ],
)
def test_a_wrong_opening_is_refused(
    fresh: RawSocket, stack: Stack, live_cast: Cast, leave_out: str, line: str, status: int
) -> None:
    answer = fresh.handshake(live_cast.key.key, stack.origin, line, leave_out=leave_out)
    assert answer.startswith(f"HTTP/1.1 {status}"), answer


def test_half_open_handshakes_are_cut_and_others_are_served(stack: Stack, live_cast: Cast) -> None:
    """Slow loris: silent from the start, stopped within the head, or a byte now and then."""
    silent, stopped, drip = (RawSocket(stack.port, timeout=HEAD_SECONDS + 10) for _ in range(3))
    head = b"GET /widget/socket HTTP/1.1\r\nHost: x\r\nX-Slow: "
    stopped.write(head)
    drip.write(head)
    began = time.monotonic()
    served = RawSocket(stack.port)
    assert served.handshake(live_cast.key.key, stack.origin).startswith("HTTP/1.1 101")
    try:
        while time.monotonic() - began < HEAD_SECONDS + 5:
            drip.write(b"x")
            time.sleep(0.5)
    except ConnectionError:
        pass
    else:
        pytest.fail("a head that never ends is still waited for")
    assert silent.hung_up() and stopped.hung_up()
    for one in (silent, stopped, drip, served):
        one.end()
