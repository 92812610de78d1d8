"""From a verdict on the wire to help on the wire, while others send `--rate` events a second."""

import asyncio
import time
from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from vcsm.benchmark.amounts import at_least, not_negative, positive
from vcsm.benchmark.load.serving import Serving, start_site
from vcsm.benchmark.load.talk import open_widget
from vcsm.benchmark.percentiles import p50_p95_p99

BUTTON = {"id": "export-statement", "name": "Export statement", "role": "button"}
WARM = 3


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--rate", type=positive, default=20_000, help="events/s of the others")
    parser.add_argument("--connections", type=at_least(1), default=200, help="the others' sockets")
    parser.add_argument("--seconds", type=positive, default=20)
    parser.add_argument(
        "--warm",
        type=not_negative,
        default=20,
        help="seconds of load before: all the others' first struggles come at once, and are "
        "answered first",
    )


def run(
    *, rate: float = 20_000, connections: int = 200, seconds: float = 20, warm: float = 20
) -> dict[str, object]:
    """Times struggles of new contacts, one after the other, while the load is on.

    `missed` counts those without a nudge in ten seconds. The load's own struggles keep the workers
    busy too.
    """
    with (
        start_site(demo=True) as site,
        site.work("urgent", processes=2),
        site.work("again"),
        site.serve() as serving,
    ):
        assert site.demo is not None
        key = site.demo.key
        ready = time.time() + WARM
        asyncio.run(_struggles(serving, key, until=lambda: time.time() > ready))
        with ThreadPoolExecutor(1) as pool:
            load = pool.submit(
                serving.drive,
                connections=connections,
                rate=rate,
                seconds=seconds,
                warm_seconds=warm,
            )
            struggles = asyncio.run(_struggles(serving, key, until=load.done))
            driven = load.result()
    waits = [wait for at, wait in struggles if driven.began_at <= at <= driven.ended_at]
    seen = [wait for wait in waits if wait is not None]
    return {
        **p50_p95_p99(seen),
        "missed": len(waits) - len(seen),
        "events_per_second": round(driven.events_per_second),
        "connections": connections,
    }


async def _struggles(
    serving: Serving, key: str, *, until: Callable[[], bool]
) -> list[tuple[float, float | None]]:
    """Returns when each was judged (seconds since the epoch) and its wait in ms, or None."""
    waits = []
    while not until():
        at = time.time()
        waits.append((at, await _struggle(serving, key)))
    return waits


async def _struggle(serving: Serving, key: str) -> float | None:
    widget = await open_widget(serving.address, key)
    now = int(time.time() * 1000)
    clicks = [
        {"type": "click", "at": now + n, "page": "/accounts", "click": n + 1, "element": BUTTON}
        for n in range(4)
    ]
    burst = {
        "type": "burst", "at": now + 9, "page": "/accounts", "burst": 1, "element": BUTTON,
        "verdict": "rage", "clicks": 4, "span": 900,
    }  # fmt: skip
    widget.send(type="events", sequence=1, events=clicks)
    await widget.wait(type="ack")
    sent = time.perf_counter()
    widget.send(type="events", sequence=2, events=[burst])
    try:
        came, _ = await widget.wait(type="nudge")
    except TimeoutError:
        return None
    finally:
        widget.close()
    return (came - sent) * 1000
