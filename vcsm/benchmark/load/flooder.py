"""The process that floods: `python -m vcsm.benchmark.load.flooder` reads one JSON line of `Flood`
on stdin and prints one of `Flooded`.

Its widgets have more to say than is taken, all the time. Each sends what is due as soon as its
socket takes it, whatever still waits for an acknowledgement, and sends again what was refused after
the time that the refusal names. Beside them one widget of another workspace says a little now and
then.
"""

import asyncio
import subprocess
import sys
import time

import msgspec
import uvloop
from msgspec import Struct

from vcsm.benchmark.load.greeted import open_greeted, send_batch
from vcsm.benchmark.load.sessions import make_batches
from vcsm.benchmark.load.wire import Wire

BATCHES = 400
SOCKET_BYTES = 256 * 1024
"""A widget with this much in its socket waits before sending more."""
TICK = 0.005
QUIET_RATE = 4.0
"""Batches a second of the widget beside the flood."""


class Flood(Struct, forbid_unknown_fields=True):
    """`keys` are those of the flooded workspace and of the quiet one; `rate` is in events/s."""

    address: str
    keys: tuple[str, str]
    rate: float
    seconds: float
    drain_seconds: float = 120.0
    connections: int = 64
    per_batch: int = 20
    seed: int = 1


class Flooded(Struct):
    """Counts of events, except for `refused`, which counts batches."""

    offered: int
    sent: int
    """Handed to a socket at least once."""
    acked: int
    acked_in_time: int
    """Acknowledged before the flood ended."""
    refused: int
    retry_after: tuple[float, float]
    """The shortest and the longest pause a refusal asked for, in seconds; 0 without refusals."""
    lost: int
    """Sockets that the server closed."""
    drain_seconds: float
    """Time from the flood's end until everything sent was acknowledged."""
    quiet_ms: list[float]
    """Times from when the quiet widget's batches were due to their acknowledgement, sorted."""


class Said(Struct):
    """What a widget is told about its batches."""

    type: str
    sequence: int | None = None
    code: str = ""
    retry_after: float | None = None


_SAID = msgspec.json.Decoder(Said)


class Flooder:
    """One socket with more and more to say."""

    def __init__(self, wire: Wire, batches: list[bytes]) -> None:
        self._wire, self._batches = wire, batches
        self._next = 1
        self.made = self.acked = 0
        self.refused: list[float] = []
        self.acked_at: dict[int, float] = {}
        self._silent_until = 0.0
        wire.on_text = self._on_text

    @property
    def lost(self) -> bool:
        return self._wire.closed

    def push(self, due: int) -> None:
        """Sends the batches up to number `due`, as far as the socket takes them now."""
        if self.lost or time.perf_counter() < self._silent_until:
            return
        while self._next <= due and self._wire.unsent() < SOCKET_BYTES:
            send_batch(self._wire, self._next, self._batches[self._next % len(self._batches)])
            self.made = max(self.made, self._next)
            self._next += 1

    def _on_text(self, text: bytes) -> None:
        said = _SAID.decode(text)
        if said.type == "ack" and said.sequence:
            self.acked = max(self.acked, said.sequence)
            self.acked_at[said.sequence] = time.perf_counter()
        elif said.code == "overloaded" and said.sequence:
            pause = said.retry_after or 0.0
            self.refused.append(pause)
            self._next = min(self._next, said.sequence)
            self._silent_until = time.perf_counter() + pause


async def _greeted(flood: Flood, number: int, key: str, batches: list[bytes]) -> Flooder:
    wire = await open_greeted(flood.address, key, seed=flood.seed, number=number, batches=batches)
    return Flooder(wire, batches)


async def flood_it(flood: Flood) -> Flooded:
    batches = make_batches(
        seed=flood.seed, events=BATCHES * flood.per_batch, per_batch=flood.per_batch
    )
    loud, quiet = flood.keys
    flooders = await asyncio.gather(
        *(_greeted(flood, number, loud, batches) for number in range(flood.connections))
    )
    beside = await _greeted(flood, flood.connections, quiet, batches)
    began = time.perf_counter()
    each = flood.rate / flood.per_batch / flood.connections
    while (passed := time.perf_counter() - began) < flood.seconds:
        beside.push(int(passed * QUIET_RATE))
        for flooder in flooders:
            flooder.push(int(passed * each))
        await asyncio.sleep(TICK)
    in_time, ended = sum(flooder.acked for flooder in flooders), time.perf_counter()
    await _drain([*flooders, beside], until=ended + flood.drain_seconds)
    refused = [pause for flooder in flooders for pause in flooder.refused]
    return Flooded(
        offered=int(flood.rate * flood.seconds),
        sent=sum(flooder.made for flooder in flooders) * flood.per_batch,
        acked=sum(flooder.acked for flooder in flooders) * flood.per_batch,
        acked_in_time=in_time * flood.per_batch,
        refused=len(refused),
        retry_after=(min(refused, default=0.0), max(refused, default=0.0)),
        lost=sum(flooder.lost for flooder in [*flooders, beside]),
        drain_seconds=round(time.perf_counter() - ended, 2),
        quiet_ms=sorted(
            (at - began - sequence / QUIET_RATE) * 1000 for sequence, at in beside.acked_at.items()
        ),
    )


async def _drain(flooders: list[Flooder], *, until: float) -> None:
    """Sends everything again that was ever sent, until it is acknowledged."""
    while time.perf_counter() < until:
        waiting = [one for one in flooders if one.acked < one.made and not one.lost]
        if not waiting:
            return
        for one in waiting:
            one.push(one.made)
        await asyncio.sleep(TICK)


def run_flood(flood: Flood) -> Flooded:
    """Floods from a separate process."""
    done = subprocess.run(
        [sys.executable, "-m", "vcsm.benchmark.load.flooder"],
        input=msgspec.json.encode(flood) + b"\n",
        stdout=subprocess.PIPE,
        check=True,
    )
    return msgspec.json.decode(done.stdout, type=Flooded)


if __name__ == "__main__":
    uvloop.install()
    wanted = msgspec.json.decode(sys.stdin.buffer.readline(), type=Flood)
    sys.stdout.buffer.write(msgspec.json.encode(asyncio.run(flood_it(wanted))))
