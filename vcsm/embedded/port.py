"""The address that the web processes share, bound once, before anything else is started."""

import errno
import socket

from vcsm.embedded.trouble import Trouble

DEFAULT_PORT = 8000
_TRIES = 50


def bind_port(host: str, port: int | None) -> socket.socket:
    """Returns a socket bound to `port`, or if None to the first free one from 8000.

    Raises Trouble when the port asked for is taken or the address is not ours.
    """
    candidates = range(DEFAULT_PORT, DEFAULT_PORT + _TRIES) if port is None else [port]
    for candidate in candidates:
        try:
            return _bind(host, candidate)
        except OSError as error:
            if port is None and error.errno == errno.EADDRINUSE:
                continue
            reason = error.strerror or error
            raise Trouble(
                f"Cannot listen on {host} port {candidate} ({reason}): choose another host or port."
            ) from None
    raise Trouble(
        f"No port from {candidates[0]} to {candidates[-1]} is free: give one with --port."
    )


def address(bound: socket.socket) -> str:
    """Returns `http://host:port`, by which this machine reaches the socket."""
    host, port = bound.getsockname()[:2]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _bind(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:  # getaddrinfo would take the remainder
        raise OSError(errno.EINVAL, "no such port")
    family, _, _, _, place = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(place)
        # Listening fails now rather than when the first web process starts: a bound port that
        # nobody listens on can be taken by another process with the same option.
        bound.listen(2048)
    except OSError:
        bound.close()
        raise
    return bound
