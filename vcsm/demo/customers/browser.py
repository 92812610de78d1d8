"""One customer's browser as the server sees it: the widget's protocol, outbox and reconnects."""

import asyncio
import contextlib
import time
from uuid import uuid4

import msgspec
import websockets
from websockets.asyncio.client import ClientConnection, connect

from vcsm.events.kinds import Any as AnyEvent
from widget import protocol
from widget.frame import Frame
from widget.protocol import (
    Ack,
    AnswerNudge,
    Error,
    Events,
    Hello,
    Identity,
    Message,
    Say,
    ShowNudge,
    Welcome,
)

_decode = msgspec.json.Decoder(protocol.ToWidget).decode
RECONNECT_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)


class CustomerBrowser:
    """A browser to use as `async with`.

    Events and messages sent while offline are sent again after the next `welcome`.
    """

    def __init__(self, *, address: str, origin: str, identity: Identity, page: str) -> None:
        self.session, self.browser = str(uuid4()), str(uuid4())
        self.nudges: asyncio.Queue[ShowNudge] = asyncio.Queue()
        self.messages: list[Message] = []
        self.refused: list[Error] = []
        self._address, self._origin, self._identity = address, origin, identity
        self._page = page
        self._sequence = 0
        self._batches: dict[int, Events] = {}
        self._sayings: dict[str, Say] = {}
        self._socket: ClientConnection | None = None
        self._settled = asyncio.Event()
        self._settled.set()
        self._living: asyncio.Task[None] | None = None
        self._in_order = asyncio.Lock()

    async def __aenter__(self) -> "CustomerBrowser":
        self._living = asyncio.create_task(self._live())
        return self

    async def __aexit__(self, *problem: object) -> None:
        if self._living is not None:
            self._living.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._living

    async def send_events(self, events: tuple[AnyEvent, ...]) -> None:
        """Sends one batch, stamped with the current time."""
        at = int(time.time() * 1000)
        stamped = [msgspec.structs.replace(event, at=at) for event in events]
        self._page = stamped[-1].page
        self._sequence += 1
        batch = Events(sequence=self._sequence, events=stamped)
        self._batches[batch.sequence] = batch
        await self._send(batch)

    async def say(self, text: str) -> None:
        saying = Say(id=str(uuid4()), text=text, page=self._page)
        self._sayings[saying.id] = saying
        await self._send(saying)

    async def answer_nudge(self, nudge: ShowNudge, state: str) -> None:
        assert state in ("shown", "accepted", "dismissed")
        await self._send(AnswerNudge(nudge=nudge.nudge, state=state))  # type: ignore[arg-type]

    def drop(self) -> None:
        """Breaks the connection without a goodbye, as a tunnel does."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def settle(self, *, within: float) -> bool:
        """Waits until everything sent is acknowledged; False when that takes longer."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._settled.wait()
        return self._settled.is_set()

    async def _live(self) -> None:
        failures = 0
        while True:
            try:
                async with connect(
                    self._address,
                    origin=websockets.Origin(self._origin),
                    subprotocols=[websockets.Subprotocol(protocol.SUBPROTOCOL)],
                    compression=None,
                ) as socket:
                    await self._converse(socket)
                    failures = 0
            except (OSError, websockets.WebSocketException):
                failures += 1
            self._socket = None
            await asyncio.sleep(RECONNECT_SECONDS[min(failures, len(RECONNECT_SECONDS) - 1)])

    async def _converse(self, socket: ClientConnection) -> None:
        last = max((message.seq for message in self.messages), default=0)
        hello = Hello(
            session=self.session,
            browser=self.browser,
            at=int(time.time() * 1000),
            page=self._page,
            last_message=last,
            release="2026.11",
            identity=self._identity,
        )
        await socket.send(protocol.encode_frame(hello))
        async for text in socket:
            await self._receive(socket, _decode(text))

    async def _receive(self, socket: ClientConnection, frame: protocol.ToWidget) -> None:
        match frame:
            case Welcome():
                await self._resend(socket, after=frame.sequence)
            case Ack():
                self._forget(frame.sequence, frame.message)
            case Message():
                self.messages.append(frame)
            case ShowNudge():
                self.nudges.put_nowait(frame)
            case Error():
                self.refused.append(frame)
                self._refused(frame)

    def _refused(self, error: Error) -> None:
        """Reconnects so that all is sent again, or lets go a frame that is refused for good."""
        if error.retry_after is not None:
            asyncio.get_running_loop().call_later(error.retry_after, self.drop)
        elif error.code == "sequence_gap":
            self.drop()
        else:
            self._forget(error.sequence, error.message)

    async def _resend(self, socket: ClientConnection, *, after: int) -> None:
        """Sends everything not stored yet, in order, before anything that is sent from now on."""
        for sequence in [sequence for sequence in self._batches if sequence <= after]:
            self._forget(sequence, None)
        async with self._in_order:
            for frame in [*self._batches.values(), *self._sayings.values()]:
                await socket.send(protocol.encode_frame(frame))
            self._socket = socket

    def _forget(self, sequence: int | None, message: str | None) -> None:
        if sequence is not None:
            self._batches.pop(sequence, None)
        if message is not None:
            self._sayings.pop(message, None)
        if not self._batches and not self._sayings:
            self._settled.set()

    async def _send(self, frame: Frame) -> None:
        if isinstance(frame, Events | Say):
            self._settled.clear()
        async with self._in_order:
            if self._socket is not None:
                with contextlib.suppress(websockets.ConnectionClosed):
                    await self._socket.send(protocol.encode_frame(frame))
