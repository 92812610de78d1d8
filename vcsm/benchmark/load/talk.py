"""A widget that one can talk through: sends frames, and waits for the next frame of a type."""

import asyncio
import json
import time
from collections import deque
from typing import Any
from uuid import uuid4

from vcsm.benchmark.load.wire import Wire, open_wire

PATIENCE = 10.0


class Talk:
    """One socket. Frames that nobody waited for are kept, with the time they arrived."""

    def __init__(self, wire: Wire, *, patience: float = PATIENCE) -> None:
        self._wire, self._patience = wire, patience
        self._came: deque[tuple[float, dict[str, Any]]] = deque(maxlen=1_000)
        self._more = asyncio.Event()
        wire.on_text = self._on_text
        wire.on_close = self._more.set

    def _on_text(self, text: bytes) -> None:
        self._came.append((time.perf_counter(), json.loads(text)))
        self._more.set()

    def send(self, **frame: Any) -> None:
        self._wire.send(json.dumps(frame).encode())

    async def wait(self, **wanted: Any) -> tuple[float, dict[str, Any]]:
        """Returns the arrival time and the next frame with these members; drops those before it.

        Raises TimeoutError after `patience` seconds, ConnectionError when the server hung up.
        """
        async with asyncio.timeout(self._patience):
            while True:
                while self._came:
                    at, frame = self._came.popleft()
                    if wanted.items() <= frame.items():
                        return at, frame
                if self._wire.closed:
                    raise ConnectionError("the server closed the socket")
                self._more.clear()
                await self._more.wait()

    def close(self) -> None:
        self._wire.close()


async def open_widget(address: str, key: str) -> Talk:
    """Opens a socket for an anonymous contact in a new browser and session, greeted."""
    talk = Talk(await open_wire(address, path=f"/widget/socket?key={key}"))
    now = int(time.time() * 1000)
    talk.send(type="hello", session=str(uuid4()), browser=str(uuid4()), at=now, page="/accounts")
    await talk.wait(type="welcome")
    return talk
