"""Who goes on struggling does not stand in the way of who has just begun to struggle."""

import asyncio
from uuid import UUID, uuid4

import pytest

from vcsm.config.routes import ROUTES
from vcsm.core.backlog import queue_length
from vcsm.core.queue import app
from vcsm.friction import reactions
from vcsm.friction.pace import FIRST_QUIET


def fetch(queue: str) -> list[tuple[str, bool]]:
    """Which sessions wait in it, and whether they may be dropped."""
    with app.connection_for_read() as connection, connection.SimpleQueue(queue) as waiting:
        fetched = [waiting.get(timeout=5) for _ in range(queue_length(queue))]
        for message in fetched:
            message.ack()
    return [
        (message.payload[1]["session_id"], message.headers["expires"] is not None)
        for message in fetched
    ]


def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    first, again = f"test-{uuid4().hex}", f"test-{uuid4().hex}"  # no worker fetches from them
    monkeypatch.setitem(ROUTES["assistant.react"], "queue", first)
    monkeypatch.setattr(reactions, "AGAIN", again)
    old, new = uuid4(), uuid4()

    async def struggle(*sessions: UUID) -> None:
        told = reactions.Reactions()
        for session in sessions:
            told.tell([session])
            await asyncio.sleep(FIRST_QUIET / 5)
        while queue_length(first) < 2 or queue_length(again) < 1:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(struggle(old, old, old, new), 10))
    assert fetch(first) == [(str(old), False), (str(new), False)]
    # Told again it is told once more later: what nobody had time for by then is dropped.
    assert fetch(again) == [(str(old), True)]
