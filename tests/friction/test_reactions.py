"""Who has just begun to struggle is thought about before who goes on struggling."""

import asyncio
from uuid import uuid4

import pytest

from vcsm.config.routes import ROUTES
from vcsm.core.backlog import queue_length
from vcsm.core.queue import app
from vcsm.friction.pace import FIRST_QUIET
from vcsm.friction.reactions import Reactions


def test_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    queue = f"test-{uuid4().hex}"  # no worker fetches from it
    monkeypatch.setitem(ROUTES["assistant.react"], "queue", queue)
    old, new = uuid4(), uuid4()

    async def struggle() -> None:
        told = Reactions()
        for _ in range(3):
            told.tell([old])
        await asyncio.sleep(2 * FIRST_QUIET)
        told.tell([new])
        while queue_length(queue) < 3:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(struggle(), 10))
    with app.connection_for_read() as connection, connection.SimpleQueue(queue) as waiting:
        fetched = [waiting.get(timeout=5) for _ in range(3)]
        for message in fetched:
            message.ack()
    named = [message.payload[1]["session_id"] for message in fetched]
    assert named == [str(old), str(new), str(old)]
    # Told again it is told once more later: what nobody had time for by then is dropped.
    assert [message.headers["expires"] is not None for message in fetched] == [False, False, True]
    assert queue_length(queue) == 0
