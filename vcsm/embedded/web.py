"""One web process: `python -m vcsm.embedded.web HOST:PORT` serves ASGI there.

With a number alone it serves on the inherited socket of that descriptor: uvicorn's own --fd takes
every socket for a Unix one, which turns TCP_NODELAY off. `VCSM_ASGI` names another application than
ours: the benchmarks' rivals run on the same server.
"""

import gc
import os
import socket
import sys

import uvicorn

from vcsm.embedded.patient_sockets import PatientProtocol
from vcsm.embedded.port import bind_port
from vcsm.embedded.slow_senders import PunctualProtocol
from vcsm.embedded.trouble import Trouble

SWITCH_SECONDS = 0.00005
"""Seconds for which a thread may keep another waiting for the interpreter. Python's own are a
hundred times as long: the thread that commits would wait that long behind the sockets after every
statement."""


def serve(listening: socket.socket) -> None:
    """Serves until SIGTERM or SIGINT; open websockets then get three seconds."""
    gc.disable()  # all that is loaded stays, so collecting meanwhile would find nothing
    config = uvicorn.Config(
        os.environ.get("VCSM_ASGI") or "vcsm.config.asgi:application",
        http=PunctualProtocol,
        ws=PatientProtocol,  # sansio, the fastest of uvicorn's as measured
        ws_max_size=1 << 20,
        # Its window costs 37 KiB for each of thousands of mostly silent sockets.
        ws_per_message_deflate=False,
        loop="uvloop",
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
    config.load()
    _settle()
    uvicorn.Server(config).run(sockets=[listening])


def _settle() -> None:
    """Keeps the collector from looking at what was loaded, which stays, and from running often."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def _listen(where: str) -> socket.socket:
    if where.isdecimal():
        return socket.socket(fileno=int(where))
    host, _, port = where.rpartition(":")
    if not port.isdecimal():
        sys.exit(
            f"{where!r} is not an address to listen on: write HOST:PORT, such as 0.0.0.0:8000."
        )
    try:
        return bind_port(host, int(port))
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m vcsm.embedded.web HOST:PORT")
    serve(_listen(sys.argv[1]))
