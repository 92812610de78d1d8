"""One web process: `python -m vcsm.embedded.web FD` serves ASGI on an inherited socket.

uvicorn's own --fd takes every socket for a Unix one, which turns TCP_NODELAY off.
"""

import socket
import sys

import uvicorn


def serve(descriptor: int) -> None:
    """Serves until SIGTERM or SIGINT; open websockets then get three seconds."""
    config = uvicorn.Config(
        "vcsm.config.asgi:application",
        ws="websockets-sansio",
        ws_max_size=1 << 20,
        loop="uvloop",
        lifespan="off",
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
