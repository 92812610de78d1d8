"""A small websocket client, so that the load costs less than what it loads.

RFC 6455 without extensions. Frames are masked with the key 0, which leaves the payload unchanged:
cheap, and allowed for a client that has nothing to hide from a proxy.
"""

import asyncio
import base64
import os
from collections.abc import Callable
from typing import cast

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: {nonce}\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: vcsm.v1\r\nOrigin: http://{host}\r\n{more}\r\n"
)


def text_frame(payload: bytes) -> bytes:
    """Returns one masked text frame."""
    size = len(payload)
    if size < 126:
        head = bytes((0x81, 0x80 | size))
    elif size < 65_536:
        head = b"\x81\xfe" + size.to_bytes(2, "big")
    else:
        head = b"\x81\xff" + size.to_bytes(8, "big")
    return head + b"\0\0\0\0" + payload


class Wire(asyncio.Protocol):
    """One open connection. `on_text` is called with the bytes of each text frame that arrives, and
    `on_close` when the connection has ended."""

    def __init__(self, *, host: str, path: str, headers: str = "") -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed = False
        self.on_text: Callable[[bytes], None] = lambda _: None
        self.on_close: Callable[[], None] = lambda: None
        self._rest = b""
        self._shaken = False
        self._request = HANDSHAKE.format(
            path=path, host=host, nonce=base64.b64encode(os.urandom(16)).decode(), more=headers
        ).encode()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not an isinstance check: uvloop's transports are not subclasses of asyncio's.
        self._transport = cast(asyncio.WriteTransport, transport)
        self._transport.write(self._request)

    def send(self, payload: bytes) -> None:
        self._transport.write(text_frame(payload))

    def unsent(self) -> int:
        """Returns the bytes the kernel has not taken yet, because the other side reads slowly."""
        return self._transport.get_write_buffer_size()

    def close(self) -> None:
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed before the handshake"))
        self.on_close()

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        if not self._shaken:
            data = self._shake(data)
        start, size = 0, len(data)
        while size - start >= 2:
            body, begin = data[start + 1] & 0x7F, start + 2
            if body >= 126:
                wide = 2 if body == 126 else 8
                if size < begin + wide:
                    break
                body, begin = int.from_bytes(data[begin : begin + wide], "big"), begin + wide
            if size < begin + body:
                break
            self._frame(data[start] & 0x0F, data[begin : begin + body])
            start = begin + body
        self._rest = data[start:]

    def _shake(self, data: bytes) -> bytes:
        head, found, rest = data.partition(b"\r\n\r\n")
        if not found:
            self._rest = data
            return b""
        self._shaken = True
        if head.startswith(b"HTTP/1.1 101"):
            self.opened.set_result(None)
        else:
            status = head.split(b"\r\n", 1)[0].decode("latin-1")
            self.opened.set_exception(ConnectionError(status))
        return rest

    def _frame(self, opcode: int, payload: bytes) -> None:
        if opcode == 1:
            self.on_text(payload)
        elif opcode == 9:  # unanswered pings end the connection; a pong repeats the payload
            self._transport.write(bytes((0x8A, 0x80 | len(payload))) + b"\0\0\0\0" + payload)


async def open_wire(url: str, *, path: str, headers: str = "") -> Wire:
    """Connects to `host:port` and shakes hands; raises ConnectionError with the status line."""
    host, _, port = url.partition(":")
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(
        lambda: Wire(host=url, path=path, headers=headers), host, int(port)
    )
    await wire.opened
    return wire
