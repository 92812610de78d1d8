"""A widget of the load: its socket after the welcome, and how it sends a batch."""

import asyncio
from uuid import UUID

import msgspec

from vcsm.benchmark.load.wire import Wire, open_wire

WELCOME_SECONDS = 60


async def open_greeted(
    address: str, key: str, *, seed: int, number: int, batches: list[bytes]
) -> Wire:
    """Says hello as widget `number` of the load `seed`, at the first batch's time.

    Raises TimeoutError without a welcome within WELCOME_SECONDS.
    """
    wire = await open_wire(address, path=f"/widget/socket?key={key}")
    welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def on_text(text: bytes) -> None:
        if text.startswith(b'{"type":"welcome"') and not welcome.done():
            welcome.set_result(None)

    wire.on_text = on_text
    session = str(UUID(int=(seed << 64) + number, version=4))
    at = msgspec.json.decode(batches[0])[0]["at"]
    hello = {"type": "hello", "session": session, "browser": session, "at": at}
    wire.send(msgspec.json.encode(hello))
    await asyncio.wait_for(welcome, WELCOME_SECONDS)
    return wire


def send_batch(wire: Wire, sequence: int, events: bytes) -> None:
    """Sends one batch; `events` is the JSON array of its events."""
    wire.send(b'{"type":"events","sequence":%d,"events":%s}' % (sequence, events))
