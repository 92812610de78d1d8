"""The benchmarks' own websocket client, against a server that is not ours."""

import asyncio

from websockets.asyncio.server import ServerConnection, serve

from vcsm.benchmark.load.wire import open_wire


async def test_it_answers_a_ping_with_the_pings_own_words() -> None:
    async def stay(connection: ServerConnection) -> None:
        await connection.wait_closed()

    async with serve(
        stay,
        "127.0.0.1",
        0,
        subprotocols=["vcsm.v1"],
        ping_interval=0.05,
        ping_timeout=0.2,
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        wire = await open_wire(f"127.0.0.1:{port}", path="/")
        await asyncio.sleep(0.6)
        assert not wire.closed
        wire.close()
