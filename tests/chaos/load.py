"""Widgets as another company's browsers would run them: one process that shares no code with VCSM.

`python -m tests.chaos.load` reads one JSON line (`address`, `key`, `origin`, `widgets`, `ledger`)
on stdin and works until SIGTERM; then it finishes what is on its way and ends. The ledger has one
line of JSON for everything the server acknowledged, written before anything else is done with it.
"""

import asyncio
import json
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

BATCHES = 60
"""Number of batches in a visit; the widget then becomes another contact in another browser."""
ASKS_AT, RAGES_AT, SAYS_EVERY = 12, 20, 15
LAST_SECONDS = 60
"""How long a visit may take to finish what is on its way once the end has been called."""


class Visit:
    """One contact's visit: what it sends and which of it is acknowledged, over many sockets."""

    def __init__(self, number: int, ledger: TextIO) -> None:
        self.session, self.browser = str(uuid4()), str(uuid4())
        self._random = random.Random(number)
        self._ledger = ledger
        self._made = self._acknowledged = self._clicks = 0
        self._kept: dict[int, list[dict[str, Any]]] = {}
        self._messages: dict[str, dict[str, Any]] = {}
        self._seen = 0
        self._sendable = asyncio.Event()
        self.finishing = False
        self.greeted = 0

    @property
    def done(self) -> bool:
        made_all = self.finishing or self._made >= BATCHES
        return made_all and self._acknowledged == self._made and not self._messages

    async def run(self, given: dict[str, Any]) -> None:
        """Runs until everything is acknowledged, however often the connection breaks."""
        while not self.done:
            with suppress(OSError, WebSocketException, TimeoutError):
                async with connect(
                    f"ws://{given['address']}/widget/socket?key={given['key']}",
                    origin=given["origin"],
                    subprotocols=["vcsm.v1"],  # type: ignore[list-item]
                    open_timeout=5,
                    ping_interval=4,
                    ping_timeout=4,
                    close_timeout=0.2,
                ) as socket:
                    await self._talk(socket)
            await asyncio.sleep(self._random.uniform(0.05, 0.3))

    async def _talk(self, socket: ClientConnection) -> None:
        hello = {"session": self.session, "browser": self.browser, "last_message": self._seen}
        await self._send(socket, "hello", at=_now(), page="/reports", **hello)
        while (frame := json.loads(await asyncio.wait_for(socket.recv(), 10)))["type"] != "welcome":
            pass
        self._note(frame["sequence"])
        self.greeted += 1
        hearing = asyncio.create_task(self._hear(socket))
        try:
            for sequence in sorted(self._kept):
                await self._send(socket, "events", sequence=sequence, events=self._kept[sequence])
            for message, said in list(self._messages.items()):
                await self._send(socket, "say", id=message, **said)
            while not self.done and not hearing.done():
                await self._next(socket)
                await asyncio.sleep(self._random.uniform(0.05, 0.25))
        finally:
            hearing.cancel()
            with suppress(asyncio.CancelledError, OSError, WebSocketException):
                await hearing

    async def _next(self, socket: ClientConnection) -> None:
        """Sends another batch, unless too many are unacknowledged; now and then also a message."""
        if self.finishing or self._made >= BATCHES or len(self._kept) > 200:
            return
        self._made += 1
        events = [self._click() for _ in range(self._random.randint(1, 8))]
        if self._made == RAGES_AT:
            events.append(self._burst())
        self._kept[self._made] = events
        await self._send(socket, "events", sequence=self._made, events=events)
        if self._made % SAYS_EVERY == 0 or self._made == ASKS_AT:
            asks = self._made == ASKS_AT
            text = "Can I talk to a person please?" if asks else f"Note {self._made}, for later."
            message, said = str(uuid4()), {"text": text, "page": "/reports"}
            self._messages[message] = said
            await self._send(socket, "say", id=message, **said)

    async def _hear(self, socket: ClientConnection) -> None:
        while True:
            frame = json.loads(await socket.recv())
            match frame["type"]:
                case "ack" if frame.get("sequence"):
                    self._note(frame["sequence"])
                case "ack":
                    said = self._messages.pop(frame["message"], None)
                    if said is not None:
                        self._write(message=frame["message"], seq=frame["seq"], text=said["text"])
                case "message":
                    self._seen = max(self._seen, frame["seq"])
                    self._write(shown=frame["seq"], author=frame["author"], text=frame["text"])
                case "error" if frame["code"] == "overloaded":
                    await asyncio.sleep(frame["retry_after"] / 4)
                    await socket.close()
                case "error":
                    self._write(refused=frame)
                    if frame["code"] == "sequence_gap":
                        await socket.close()

    def _note(self, sequence: int) -> None:
        """Notes that all batches up to `sequence` are durable: acknowledgements come in order."""
        for one in range(self._acknowledged + 1, sequence + 1):
            self._write(batch=one, events=len(self._kept.pop(one, ())))
        self._acknowledged = max(self._acknowledged, sequence)

    def _write(self, **line: Any) -> None:
        entry = {"at": time.time(), "session": self.session, **line}
        self._ledger.write(json.dumps(entry) + "\n")
        self._ledger.flush()

    def _click(self) -> dict[str, Any]:
        self._clicks += 1
        return {"type": "click", "click": self._clicks, **_place("go")}

    def _burst(self) -> dict[str, Any]:
        judged = {"burst": 1, "verdict": "rage", "clicks": 6, "answered": 0, "span": 900}
        return {"type": "burst", **judged, **_place("export")}

    async def _send(self, socket: ClientConnection, kind: str, **frame: Any) -> None:
        await socket.send(json.dumps({"type": kind, **frame}))


def _place(element: str) -> dict[str, Any]:
    return {"at": _now(), "page": "/reports", "element": {"id": element, "name": element}}


def _now() -> int:
    return int(time.time() * 1000)


async def _one_after_another(number: int, given: dict[str, Any], out: TextIO, end: asyncio.Event):
    """Runs one widget's visits; the last one is finished after the end is called."""
    count = 0
    while not end.is_set():
        visit = Visit(number * 1_000_000 + count, out)
        count += 1
        running = asyncio.create_task(visit.run(given))
        ending = asyncio.create_task(end.wait())
        await asyncio.wait([running, ending], return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        visit.finishing = True
        await asyncio.wait_for(running, LAST_SECONDS)


async def main() -> None:
    given = json.loads(sys.stdin.readline())
    end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end.set)
    with Path(given["ledger"]).open("w") as out:
        await asyncio.gather(
            *(_one_after_another(one, given, out, end) for one in range(given["widgets"]))
        )


if __name__ == "__main__":
    asyncio.run(main())
