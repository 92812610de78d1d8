"""One web process: `python -m vcsm.embedded.web FD` serves ASGI on an inherited socket.

uvicorn's own --fd takes every socket for a Unix one, which turns TCP_NODELAY off. `VCSM_ASGI` names
another application than ours: the benchmarks' rivals run on the same server.
"""

import os
import socket
import sys

import uvicorn


def serve(descriptor: int) -> None:
    """Serves until SIGTERM or SIGINT; open websockets then get three seconds."""
    config = uvicorn.Config(
        os.environ.get("VCSM_ASGI") or "vcsm.config.asgi:application",
        ws="websockets-sansio",
        ws_max_size=1 << 20,
        # Its window costs 37 KiB for each of thousands of sockets that are silent most of the time.
        ws_per_message_deflate=False,
        loop="uvloop",
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
