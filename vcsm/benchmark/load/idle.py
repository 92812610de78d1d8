"""What a widget costs that is connected and says nothing."""

import asyncio
import time
from argparse import ArgumentParser

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.load.serving import Serving, start_site
from vcsm.benchmark.load.talk import Talk, open_widget

WARM = 50
"""Widgets opened first, so that what the server allocates once is attributed to none."""
SETTLE_SECONDS = 2


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--connections", type=at_least(1), default=2_000)


def run(*, connections: int = 2_000) -> dict[str, object]:
    """Returns a web process's memory with `connections` greeted widgets, beyond a warm server's."""
    with start_site() as site, site.serve() as serving:
        return asyncio.run(_measure(serving, site.keys[0], connections))


async def _measure(serving: Serving, key: str, connections: int) -> dict[str, object]:
    open_now = await _open(serving, key, WARM)
    await asyncio.sleep(SETTLE_SECONDS)
    before, began = serving.resident_bytes(), time.perf_counter()
    open_now += await _open(serving, key, connections)
    took = time.perf_counter() - began
    await asyncio.sleep(SETTLE_SECONDS)
    after, cpu = serving.resident_bytes(), serving.cpu_seconds()["web"]
    await asyncio.sleep(5)
    busy = (serving.cpu_seconds()["web"] - cpu) / 5
    for talk in open_now:
        talk.close()
    return {
        "connections": connections,
        "kib_per_connection": round((after - before) / 1024 / connections, 1),
        "server_mib_before": round(before / 2**20, 1),
        "server_mib_after": round(after / 2**20, 1),
        "greeted_per_second": round(connections / took),
        "idle_cpu": round(busy, 3),
    }


async def _open(serving: Serving, key: str, count: int) -> list[Talk]:
    opened: list[Talk] = []
    for start in range(0, count, 50):
        some = range(start, min(start + 50, count))
        opened += await asyncio.gather(*(open_widget(serving.address, key) for _ in some))
    return opened
