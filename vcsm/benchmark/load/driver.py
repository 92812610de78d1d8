"""The process that loads a site: `python -m vcsm.benchmark.load.driver`.

It reads one JSON line of `Load` on stdin, drives that many widgets at once and prints one JSON line
of `Driven`. Closed loop (`rate` 0): every widget keeps `window` batches on the way. Open loop:
batches leave when they are due, whatever the server does, and latency counts from then, so that a
stall is not overlooked (coordinated omission).
"""

import asyncio
import sys
import time
from collections import deque
from typing import Any

import msgspec
import uvloop
from msgspec import Struct

from vcsm.benchmark.load.greeted import open_greeted, send_batch
from vcsm.benchmark.load.sessions import make_batches
from vcsm.benchmark.load.wire import Wire

TEMPLATES = 8
"""Most different sessions that are generated; the widgets share them."""
BATCHES = 400
WARM_SECONDS = 1.0
"""Of load before anything is counted."""
DRAIN_SECONDS = 30
QUANTILES = 4_001


class Load(Struct, forbid_unknown_fields=True):
    """`address` is host:port; `keys` are dealt to the widgets in turn; `rate` in events/s."""

    address: str
    keys: list[str]
    connections: int
    seconds: float
    warm_seconds: float = WARM_SECONDS
    window: int = 1
    per_batch: int = 20
    rate: float = 0.0
    seed: int = 1


class Driven(Struct):
    """What was counted from the end of the warm-up to the end of the load.

    `acked_total` and `sent_total`, in events, and `refused`, `lost` and `cpu_seconds` include the
    warm-up and the draining.
    """

    events_per_second: float
    acked_events: int
    acked_total: int
    sent_total: int
    refused: int
    """How often a widget was held back as `overloaded`."""
    lost: int
    """Number of sockets that the server closed."""
    latencies_ms: list[float]
    """Ascending; of more than `QUANTILES` so many, evenly spaced, including first and last."""
    cpu_seconds: float
    seconds: float
    began_at: float
    """Seconds since the epoch, like `ended_at`: what others measure of the load lies between."""
    ended_at: float


class Widget:
    """One socket: sends batches and times their acknowledgements. Like the real widget, it sends a
    held-back batch again when it may, with all that became due meanwhile."""

    def __init__(self, wire: Wire, batches: list[bytes], load: Load) -> None:
        self._wire, self._batches, self._load = wire, batches, load
        self._due: deque[float] = deque()
        """When each batch not yet acknowledged was due."""
        self._held_back = False
        self.acked = self.refused = 0
        self.latencies: list[tuple[float, float]] = []
        self.stopping = False
        wire.on_text = self._on_text

    @property
    def sent(self) -> int:
        return self.acked + len(self._due)

    @property
    def lost(self) -> bool:
        return self._wire.closed

    def send(self, due: float) -> None:
        self._due.append(due)
        if not self._held_back:
            self._send(self.sent)

    def _send(self, sequence: int) -> None:
        if self.lost:
            return
        send_batch(self._wire, sequence, self._batches[(sequence - 1) % len(self._batches)])

    def _send_again(self) -> None:
        self._held_back = False
        for sequence in range(self.acked + 1, self.sent + 1):
            self._send(sequence)

    def _on_text(self, text: bytes) -> None:
        if text.startswith(b'{"type":"ack"') and self._due:
            now = time.perf_counter()
            self.acked += 1
            self.latencies.append((now, (now - self._due.popleft()) * 1000))
            if not self._load.rate and not self.stopping:
                self.send(now)
        elif text.startswith(b'{"type":"error"'):
            self._refused(msgspec.json.decode(text))

    def _refused(self, error: dict[str, Any]) -> None:
        if error["code"] == "overloaded" and not self._held_back:
            self.refused += 1
            self._held_back = True
            asyncio.get_running_loop().call_later(error["retry_after"], self._send_again)


async def _greeted(load: Load, number: int, batches: list[bytes]) -> Widget:
    key = load.keys[number % len(load.keys)]
    wire = await open_greeted(load.address, key, seed=load.seed, number=number, batches=batches)
    return Widget(wire, batches, load)


async def drive(load: Load) -> Driven:
    templates = [
        make_batches(seed=load.seed + n, events=BATCHES * load.per_batch, per_batch=load.per_batch)
        for n in range(min(TEMPLATES, load.connections))
    ]
    widgets: list[Widget] = []
    for start in range(0, load.connections, 50):
        numbers = range(start, min(start + 50, load.connections))
        widgets += await asyncio.gather(
            *(_greeted(load, n, templates[n % len(templates)]) for n in numbers)
        )
    cpu = time.process_time()
    began = time.perf_counter()
    if load.rate:
        await _pace(load, widgets, began)
    else:
        for widget in widgets:
            for _ in range(load.window):
                widget.send(time.perf_counter())
        await asyncio.sleep(load.warm_seconds + load.seconds)
    ended = time.perf_counter()
    for widget in widgets:
        widget.stopping = True
    await _drain(widgets)
    return _summary(load, widgets, (began + load.warm_seconds, ended), time.process_time() - cpu)


async def _pace(load: Load, widgets: list[Widget], began: float) -> None:
    step = load.per_batch / load.rate
    due, number = began, 0
    while due < began + load.warm_seconds + load.seconds:
        now = time.perf_counter()
        while due <= now:
            widgets[number % len(widgets)].send(due)
            due, number = due + step, number + 1
        await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def _drain(widgets: list[Widget]) -> None:
    deadline = time.perf_counter() + DRAIN_SECONDS
    while time.perf_counter() < deadline:
        if all(widget.lost or widget.acked >= widget.sent for widget in widgets):
            return
        await asyncio.sleep(0.02)


def _summary(load: Load, widgets: list[Widget], span: tuple[float, float], cpu: float) -> Driven:
    start, end = span
    inside = [ms for widget in widgets for at, ms in widget.latencies if start <= at <= end]
    return Driven(
        events_per_second=len(inside) * load.per_batch / (end - start),
        acked_events=len(inside) * load.per_batch,
        acked_total=sum(widget.acked for widget in widgets) * load.per_batch,
        sent_total=sum(widget.sent for widget in widgets) * load.per_batch,
        refused=sum(widget.refused for widget in widgets),
        lost=sum(widget.lost for widget in widgets),
        latencies_ms=_thin(sorted(inside)),
        cpu_seconds=cpu,
        seconds=end - start,
        began_at=time.time() - (time.perf_counter() - start),
        ended_at=time.time() - (time.perf_counter() - end),
    )


def _thin(ordered: list[float]) -> list[float]:
    if len(ordered) <= QUANTILES:
        return ordered
    step = (len(ordered) - 1) / (QUANTILES - 1)
    return [ordered[round(place * step)] for place in range(QUANTILES)]


if __name__ == "__main__":
    uvloop.install()
    wanted = msgspec.json.decode(sys.stdin.buffer.readline(), type=Load)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(drive(wanted))))
