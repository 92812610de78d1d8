"""HTTP whose whole exchange ends in time, however slowly the other end speaks.

A socket's own timeout begins anew with each byte: who sends one every few seconds holds a worker
for as long as they like.
"""

import http.client
import io
import socket
import time
import urllib.request
from functools import partial
from typing import Any


class InTime(http.client.HTTPConnection):
    """Ends at `until` of `time.monotonic()`: what is read later is a TimeoutError."""

    def __init__(self, host: str, *given: Any, until: float, **named: Any) -> None:
        super().__init__(host, *given, **named)
        self.until = until
        self.timeout = left(until)
        self.response_class = partial(_Answer, until=until)  # type: ignore[assignment]
        self._create_connection = self._reach

    def _reach(self, *given: Any, **named: Any) -> socket.socket:
        reached = socket.create_connection(*given, **named)
        reached.settimeout(left(self.until))  # what is done before an answer is read, a handshake
        return reached


class SecureInTime(InTime, http.client.HTTPSConnection):
    """The same over TLS, whose handshake is within the time too."""


class InTimeHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """For `urllib.request.build_opener`; `seconds` are those of one whole exchange."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(InTime, until=self._until()), req)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(SecureInTime, until=self._until()), req)

    def _until(self) -> float:
        return time.monotonic() + self._seconds


def left(until: float) -> float:
    """Seconds; raises TimeoutError where there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("it takes too long")
    return seconds


class _Answer(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *given: Any, until: float, **named: Any) -> None:
        super().__init__(sock, *given, **named)
        self.fp = io.BufferedReader(_Reader(self.fp.detach(), sock, until))


class _Reader(io.RawIOBase):
    """What comes through the socket until then."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, until: float) -> None:
        self._raw, self._sock, self._until = raw, sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(left(self._until))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
