"""Who goes on struggling does not stand in the way of who has just begun to struggle."""

import asyncio
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from vcsm.config.routes import ROUTES
from vcsm.core.backlog import queue_length
from vcsm.core.queue import app
from vcsm.friction import reactions
from vcsm.friction.pace import FIRST_QUIET


def fetch(queue: str) -> list[tuple[object, bool]]:
    """What waits in it is about, and whether it may be dropped."""
    with app.connection_for_read() as connection, connection.SimpleQueue(queue) as waiting:
        fetched = [waiting.get(timeout=5) for _ in range(queue_length(queue))]
        for message in fetched:
            message.ack()
    return [
        (next(iter(message.payload[1].values())), message.headers["expires"] is not None)
        for message in fetched
    ]


@pytest.fixture
def queues(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Of those who begin and of those who go on; no worker fetches from them."""
    first, again = f"test-{uuid4().hex}", f"test-{uuid4().hex}"
    monkeypatch.setitem(ROUTES["assistant.react"], "queue", first)
    monkeypatch.setattr(reactions, "AGAIN", again)
    return first, again


def struggle(turns: list[dict[UUID, int]], *, until: Callable[[], bool]) -> None:
    async def tell() -> None:
        told = reactions.Reactions()
        for turn in turns:
            told.tell(turn)
            await asyncio.sleep(FIRST_QUIET / 5)
        while not until():
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(tell(), 10))


def test_it_works(queues: tuple[str, str]) -> None:
    first, again = queues
    old, new = uuid4(), uuid4()
    struggle(
        [{old: 1}, {old: 1}, {old: 1}, {new: 1}],
        until=lambda: queue_length(first) == 2 and queue_length(again) == 1,
    )
    assert fetch(first) == [(str(old), False), (str(new), False)]
    # Told again it is told once more later: what nobody had time for by then is dropped.
    assert fetch(again) == [([str(old)], True)]


def test_those_who_are_told_of_again_together_are_few_messages(queues: tuple[str, str]) -> None:
    first, again = queues
    many = {uuid4(): 1 for _ in range(reactions.MOST_TOGETHER + 1)}
    others = {uuid4(): 2}
    struggle([many | others, many | others], until=lambda: queue_length(again) == 3)
    messages = [about for about, _ in fetch(again)]
    assert sorted(map(len, messages)) == [1, 1, reactions.MOST_TOGETHER]
    assert [str(one) for one in others] in messages, "a message is about one workspace"
    assert {one for about in messages for one in about} == {str(one) for one in many | others}
    assert len(fetch(first)) == len(many | others)
