"""How much waits in a queue: whoever would add what may be there already asks first."""

from collections.abc import Iterable
from typing import Any

from kombu import Connection

from vcsm.core.queue import app

SECONDS = 1.0


def queue_length(queue: str) -> int:
    """Tasks no worker has fetched yet; 0 for a broker that is away."""
    return queue_lengths([queue]).get(queue, 0)


def queue_lengths(queues: Iterable[str]) -> dict[str, int]:
    """By queue; one that no worker has declared yet is empty. Nothing while the broker is away."""
    # Its own connection: one of the pool's may be another thread's just now.
    connection = app.connection_for_read(connect_timeout=SECONDS)
    try:
        return {queue: _length(connection, queue) for queue in queues}
    except (*connection.connection_errors, *connection.channel_errors):
        return {}
    finally:
        connection.release()


def _length(connection: Connection, queue: str) -> int:
    # A channel of its own: RabbitMQ closes one that asks for a queue that is not there.
    channel: Any = connection.channel()
    try:
        return int(channel.queue_declare(queue, passive=True).message_count)
    except connection.channel_errors:
        return 0
    finally:
        channel.close()
