"""A connection to the server that counts WebSocket messages and is cut just before a chosen one."""

import socket
import threading
from contextlib import suppress


class CutWire:
    """Passes text frames in both directions; `cut_at` loses the chosen frame and its connection."""

    def __init__(self, port: int, origin: str) -> None:
        self._target, self._origin = port, origin
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self.port = int(self._listener.getsockname()[1])
        self.passed = 0
        self.cuts = 0
        self._cut_at = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_at(self, frame: int) -> None:
        """Starts the count again; 0 cuts nothing."""
        with self._lock:
            self.passed, self.cuts, self._cut_at = 0, 0, frame

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._target))
            for source, sink in ((near, far), (far, near)):
                work = threading.Thread(target=self._pump, args=(source, sink), daemon=True)
                work.start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError, EOFError), source.makefile("rb") as stream:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += stream.read(1) or _end()
            if head.startswith(b"GET"):  # a client that is no browser names no origin
                head = head[:-2] + f"Origin: {self._origin}\r\n\r\n".encode()
            sink.sendall(head)
            while True:
                opcode, frame = _read_frame(stream)
                if opcode == 1 and self._is_lost():
                    break
                sink.sendall(frame)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _is_lost(self) -> bool:
        with self._lock:
            self.passed += 1
            lost = self.passed == self._cut_at
            self.cuts += lost
            return lost


def _read_frame(stream: object) -> tuple[int, bytes]:
    """Returns the opcode and the bytes of one frame (RFC 6455, section 5.2)."""
    read = stream.read  # type: ignore[attr-defined]
    head = read(2)
    if len(head) < 2:
        _end()
    length, more = head[1] & 0x7F, b""
    if length > 125:
        more = read(2 if length == 126 else 8)
        length = int.from_bytes(more)
    mask = read(4) if head[1] & 0x80 else b""
    return head[0] & 0x0F, head + more + mask + read(length)


def _end() -> bytes:
    raise EOFError
