"""A browser that sends and never reads is hung up on; what it sent is stored all the same."""

import asyncio
import gc
import json
from typing import Any
from uuid import uuid4

from asgiref.sync import sync_to_async

from tests.cast import Cast
from tests.widget_client import click
from vcsm.config import asgi
from vcsm.events.models import Batch
from widget import protocol
from widget.consumer import MAX_UNREAD


async def test_who_does_not_read_is_hung_up_on_and_nothing_is_lost(live_cast: Cast) -> None:
    session, browser = str(uuid4()), str(uuid4())
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    unheard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: unheard.append(told))
    acknowledged = 0

    async def send(message: dict[str, Any]) -> None:
        nonlocal acknowledged
        if message["type"] == "websocket.close":
            closed.set_result(message["code"])
        elif message["type"] == "websocket.send" and '"ack"' in message["text"]:
            acknowledged += 1
            await closed  # the line to the browser is full, and stays so
            raise RuntimeError("what the server says to who sends after closing")

    def put(**frame: Any) -> None:
        incoming.put_nowait({"type": "websocket.receive", "text": json.dumps(frame)})

    scope = {
        "type": "websocket",
        "path": "/widget/socket",
        "query_string": f"key={live_cast.key.key}".encode(),
        "headers": [(b"origin", b"http://localhost:1")],
        "subprotocols": [protocol.SUBPROTOCOL],
    }
    incoming.put_nowait({"type": "websocket.connect"})
    put(type="hello", session=session, browser=browser, at=0)
    for sequence in range(1, MAX_UNREAD + 12):
        put(type="events", sequence=sequence, events=[click(sequence)])
    served = asyncio.create_task(asgi.application(scope, incoming.get, send))
    assert await asyncio.wait_for(closed, 60) == protocol.CLOSE_SLOW_READER
    assert acknowledged == 1
    incoming.put_nowait({"type": "websocket.disconnect", "code": 4408})
    await asyncio.wait_for(served, 10)
    stored = await sync_to_async(Batch.objects.filter(session_id=session).count)()
    assert stored > MAX_UNREAD
    gc.collect()
    assert unheard == []
