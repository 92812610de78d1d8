"""How much waits in a queue, for callers who would add work that may be there already."""

from collections.abc import Iterable
from typing import Any

from kombu import Connection

from vcsm.core.queue import app

SECONDS = 1.0


def queue_length(queue: str) -> int:
    """Returns the number of tasks that no worker has fetched yet; 0 while the broker is away."""
    return queue_lengths([queue]).get(queue, 0)


def queue_lengths(queues: Iterable[str]) -> dict[str, int]:
    """Returns lengths by queue; 0 for one no worker has declared, {} while the broker is away."""
    # Its own connection: a pooled one may be in use by another thread.
    connection = app.connection_for_read(connect_timeout=SECONDS)
    try:
        return {queue: _length(connection, queue) for queue in queues}
    except (*connection.connection_errors, *connection.channel_errors):
        return {}
    finally:
        connection.release()


def _length(connection: Connection, queue: str) -> int:
    # A channel of its own: RabbitMQ closes a channel that asks for a queue that does not exist.
    channel: Any = connection.channel()
    try:
        return int(channel.queue_declare(queue, passive=True).message_count)
    except connection.channel_errors:
        return 0
    finally:
        channel.close()
