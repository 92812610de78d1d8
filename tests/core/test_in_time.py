"""Servers that say little, late or nonsense: whoever asks them is free again in time."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from vcsm.core import llm, safe_http
from vcsm.core.llm import complete
from vcsm.core.safe_http import NotRead, read_page

SECONDS = 0.4
Say = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@contextmanager
def speaking(say: Say) -> Iterator[str]:
    """Says it to whoever connects; the address, without a slash."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):  # hung up on, or closed at the end
                while True:
                    with listening.accept()[0] as one, suppress(OSError):
                        one.recv(65_536)
                        say(one)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def drip(beginning: bytes, *, to_the_end: bytes = b"") -> Say:
    """The beginning at once; then a byte every now and then, so that no read waits for long."""

    def say(one: socket.socket) -> None:
        one.sendall(beginning)
        for _ in range(60):
            time.sleep(SECONDS / 4)
            one.sendall(b"a")
        one.sendall(to_the_end)

    return say


SLOW = {
    "head": drip(b"HTTP/1.1 200 OK\r\nX-Name: "),
    "status": drip(b"HTTP/1.1 200 "),
    "body": drip(OK + b"\r\n"),
    "chunks": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n"),
    "handshake": drip(b"\x16\x03\x03\x40\x00"),
    "continue": drip(b"HTTP/1.1 100 Continue\r\nX: "),
}


def scheme_of(part: str) -> str:
    return "https" if part == "handshake" else "http"


@pytest.mark.parametrize("part", SLOW)
def test_a_page_that_drips_is_given_up(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take fifteen times as long, and no read of it would be late."""
    monkeypatch.setattr(safe_http, "SECONDS", SECONDS)
    with speaking(SLOW[part]) as there, pytest.raises(NotRead, match="takes longer than"):
        read_page(f"{scheme_of(part)}://{there}/", private=True)


@pytest.mark.parametrize("part", SLOW)
def test_so_is_a_language_model(
    part: str, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm, "SECONDS", SECONDS)
    ended = threading.Event()

    def say(one: socket.socket) -> None:
        try:
            SLOW[part](one)
        except OSError:
            ended.set()
            raise

    with speaking(say) as there:
        settings.LLM_URL = f"{scheme_of(part)}://{there}"  # type: ignore[attr-defined]
        assert complete([]) is None
    assert ended.is_set(), "it was listened to until the end"


@pytest.mark.parametrize(
    "said",
    [
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
        OK + b"\r\n" + b"[" * 100_000,
        OK + b"\r\n" + b"1" * 5_000,
        OK + b"X: " + b"y" * 70_000,
        b"",
    ],
)
def test_what_is_no_answer_is_none(said: bytes, settings: object) -> None:
    with speaking(lambda one: one.sendall(said)) as there:
        settings.LLM_URL = f"http://{there}"  # type: ignore[attr-defined]
        assert complete([]) is None


def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow, but in time; and what is closed after it was answered is read to its end."""
    said = OK + b"Connection: close\r\n\r\n" + b"word " * 50_000
    with speaking(lambda one: (time.sleep(0.05), one.sendall(said))[0]) as there:
        page = read_page(f"http://{there}/", private=True)
    assert len(page.body) == 250_000
