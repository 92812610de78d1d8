"""One web process: `python -m vcsm.embedded.web FD` serves ASGI on an inherited socket.

uvicorn's own --fd takes every socket for a Unix one, which turns TCP_NODELAY off. `VCSM_ASGI` names
another application than ours: the benchmarks' rivals run on the same server.
"""

import gc
import os
import socket
import sys

import uvicorn

from vcsm.embedded.patient_sockets import PatientProtocol
from vcsm.embedded.slow_senders import PunctualProtocol

SWITCH_SECONDS = 0.00005
"""How long a thread may keep another waiting for the interpreter. Python's own is a hundred times
as long: the thread that commits would wait that long behind the sockets after every statement."""


def serve(descriptor: int) -> None:
    """Serves until SIGTERM or SIGINT; open websockets then get three seconds."""
    gc.disable()  # all that is loaded stays: looking it through again and again finds nothing
    config = uvicorn.Config(
        os.environ.get("VCSM_ASGI") or "vcsm.config.asgi:application",
        http=PunctualProtocol,
        ws=PatientProtocol,  # of those that uvicorn has, sansio is the fastest measured
        ws_max_size=1 << 20,
        # Its window costs 37 KiB for each of thousands of sockets that are silent most of the time.
        ws_per_message_deflate=False,
        loop="uvloop",
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
    config.load()
    _settle()
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def _settle() -> None:
    """What was loaded stays loaded: the collector need not look at it again, nor often."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
