"""A RabbitMQ of a test's own, from the machine's package, in a folder of its own."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.stack import free_port

BIN = Path("/usr/lib/rabbitmq/bin")
"""Where Debian's package puts it. The scripts in /usr/sbin only change the account."""
START_SECONDS = 90


@contextmanager
def rabbit(folder: Path) -> Iterator[str]:
    """Yields its address; stops it at the end, with the port mapper that Erlang starts for it."""
    port, mapper = free_port(), str(free_port())
    env = {
        **os.environ,
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"vcsm{port}@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        "ERL_EPMD_PORT": mapper,
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }
    log = (folder / "rabbit.log").open("wb")
    server = subprocess.Popen([BIN / "rabbitmq-server"], env=env, stdout=log, stderr=log)
    try:
        _wait_until_ready(server, folder / "rabbit.log")
        yield f"amqp://guest:guest@127.0.0.1:{port}//"
    finally:
        server.terminate()
        server.wait(30)
        subprocess.run(["epmd", "-port", mapper, "-kill"], env=env, capture_output=True)
        log.close()


def _wait_until_ready(server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while b"completed with" not in log.read_bytes():
        assert server.poll() is None and time.monotonic() < deadline, log.read_text()[-3000:]
        time.sleep(0.2)
