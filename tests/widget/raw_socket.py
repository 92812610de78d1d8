"""A WebSocket by hand: the bytes of RFC 6455, correct or not."""

import base64
import os
import socket
import struct

TEXT, BINARY, CONTINUED, CLOSE, PING, PONG = 1, 2, 0, 8, 9, 10


class RawSocket:
    def __init__(self, port: int, *, timeout: float = 20) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self._read = b""

    def write(self, data: bytes) -> None:
        self._socket.sendall(data)

    def handshake(self, key: str, origin: str, *lines: str, leave_out: str = "") -> str:
        """Sends a client's opening handshake; returns the head of the answer."""
        nonce = base64.b64encode(os.urandom(16)).decode()
        head = [
            f"GET /widget/socket?key={key} HTTP/1.1",
            f"Host: {origin.partition('://')[2]}",
            f"Origin: {origin}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {nonce}",
            "Sec-WebSocket-Protocol: vcsm.v1",
        ]
        kept = [line for line in head if not leave_out or not line.startswith(leave_out)]
        self.write("\r\n".join([*kept, *lines, "", ""]).encode())
        while b"\r\n\r\n" not in self._read:
            self._fill()
        answer, _, self._read = self._read.partition(b"\r\n\r\n")
        return answer.decode("latin-1")

    def send(
        self,
        opcode: int,
        payload: bytes = b"",
        *,
        last: bool = True,
        reserved: int = 0,
        masked: bool = True,
    ) -> None:
        mask = os.urandom(4) if masked else b""
        size = len(payload)
        head = bytes([last << 7 | reserved << 4 | opcode])
        bit = masked << 7
        if size < 126:
            head += bytes([bit | size])
        elif size < 1 << 16:
            head += bytes([bit | 126]) + struct.pack("!H", size)
        else:
            head += bytes([bit | 127]) + struct.pack("!Q", size)
        body = bytes(b ^ mask[i % 4] for i, b in enumerate(payload)) if masked else payload
        self.write(head + mask + body)

    def next(self) -> tuple[int, bytes]:
        """Returns opcode and payload of the server's next frame. Raises ConnectionError when it has
        hung up."""
        first, second = self._take(2)
        assert first & 0x70 == 0 and not second & 0x80, "reserved bits or a mask from the server"
        size = second & 0x7F
        if size == 126:
            size = int.from_bytes(self._take(2))
        elif size == 127:
            size = int.from_bytes(self._take(8))
        return first & 0x0F, self._take(size)

    def closed_with(self) -> int:
        """Returns the code that the server closes with, skipping what it sends before; 1005 without
        a code."""
        while True:
            opcode, payload = self.next()
            if opcode == CLOSE:
                return int.from_bytes(payload[:2]) if payload else 1005

    def hung_up(self) -> bool:
        """Whether the server has hung up; waits for the end as long as the timeout."""
        try:
            return not self._socket.recv(1 << 16)
        except ConnectionError:
            return True

    def end(self) -> None:
        self._socket.close()

    def _take(self, count: int) -> bytes:
        while len(self._read) < count:
            self._fill()
        taken, self._read = self._read[:count], self._read[count:]
        return taken

    def _fill(self) -> None:
        more = self._socket.recv(1 << 16)
        if not more:
            raise ConnectionError("the server has hung up")
        self._read += more
