"""What waits in one queue: who wrote goes before hundreds who began to struggle at once."""

from uuid import uuid4

from vcsm.core.backlog import queue_length
from vcsm.core.queue import app, enqueue, enqueue_all


def test_it_works() -> None:
    queue = f"order-{uuid4().hex[:8]}"  # nobody's but ours: no worker takes from it
    sessions = [{"session_id": str(uuid4())} for _ in range(3)]
    enqueue_all("assistant.react", sessions, queue=queue)
    enqueue("assistant.reply", queue=queue, message_id=1)
    assert queue_length(queue) == 4
    assert taken(queue) == ["assistant.reply", *["assistant.react"] * 3]


def taken(queue: str) -> list[str]:
    """The tasks' names, in the order in which a worker gets them."""
    names = []
    with app.connection_for_read() as connection, connection.channel() as channel:
        while message := channel.basic_get(queue, no_ack=True):
            names.append(message.headers["task"])
    return names
