"""A storm: all widgets lose their server at once, as in a deploy, and all come back at once."""

import asyncio
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from uuid import uuid4

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.load.serving import Serving, start_site
from vcsm.benchmark.load.talk import Talk
from vcsm.benchmark.load.wire import open_wire
from vcsm.benchmark.percentiles import p50_p95_p99

PATIENCE = 150.0


@dataclass(frozen=True)
class Known:
    """One widget's ids, and the contact whom its page names."""

    session: str
    browser: str
    contact: str


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--connections", type=at_least(1), default=2_000)
    parser.add_argument("--web", type=at_least(1), default=1, help="web processes")


def run(*, connections: int = 2_000, web: int = 1) -> dict[str, object]:
    """Returns `first` (new browsers of named contacts that come at once) and `again` (the same
    ones, after all were cut off). This is worse than reality, where a widget waits a random time
    before it comes back."""
    with start_site() as site, site.serve(processes=web) as serving:
        widgets = [
            Known(str(uuid4()), str(uuid4()), f"contact-{number}") for number in range(connections)
        ]
        key = site.keys[0]
        return {
            "connections": connections,
            "web": web,
            **{name: asyncio.run(_storm(serving, key, widgets)) for name in ("first", "again")},
        }


async def _storm(serving: Serving, key: str, widgets: list[Known]) -> dict[str, object]:
    """Returns `seconds` until the last is greeted, the waits of all, and CPU ms per greeting."""
    cpu = serving.cpu_seconds()
    began = time.perf_counter()
    came = await asyncio.gather(*(_greeted(serving.address, key, widget) for widget in widgets))
    spent = {
        part: round((now - cpu[part]) / len(widgets) * 1000, 2)
        for part, now in serving.cpu_seconds().items()
    }
    for talk, _ in came:
        talk.close()
    waits = [(at - began) * 1000 for _, at in came]
    return {
        "seconds": round(max(waits) / 1000, 2),
        "greeted_per_second": round(len(widgets) / max(waits) * 1000),
        **p50_p95_p99(waits),
        "cpu_ms": spent,
    }


async def _greeted(address: str, key: str, widget: Known) -> tuple[Talk, float]:
    wire = await open_wire(address, path=f"/widget/socket?key={key}")
    talk = Talk(wire, patience=PATIENCE)
    talk.send(
        type="hello",
        session=widget.session,
        browser=widget.browser,
        at=int(time.time() * 1000),
        page="/accounts",
        identity={"id": widget.contact, "name": widget.contact},
    )
    at, _ = await talk.wait(type="welcome")
    return talk, at
