"""What the detection remembers about a workspace between two looks, as bytes."""

import io
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from vcsm.problems.baseline import HOURS, Baseline
from vcsm.problems.detect import FLEET_LIFTS, STEP_MINUTES, Evidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(slots=True)
class Memory:
    """The detection's memory. Streams are places, in the order of `places`.

    `page` is the index in `pages` of each stream's page; steps are counted from the epoch.
    `by_hour` has shape (48, pages); `usual_seen`, shape (168, pages), is sessions by hour of week.
    """

    places: Ints
    page: Ints
    pages: Ints
    evidence: Evidence
    fleet: Evidence
    usual: Baseline
    by_hour: Floats
    usual_seen: Floats
    share: Floats
    learnt_day: int = -1
    period: int = 0
    """Step at which the period began."""
    first: int = 0
    raised: int = 0
    lift: float = 1.0

    @classmethod
    def empty(cls) -> "Memory":
        none, no_ids = np.zeros(0), np.zeros(0, dtype=np.int64)
        return cls(
            places=no_ids,
            page=no_ids,
            pages=no_ids,
            evidence=Evidence.of_streams(none),
            fleet=Evidence.empty(FLEET_LIFTS),
            usual=Baseline(none, none, 0.2, 0.1),
            by_hour=np.ones((HOURS, 0)),
            usual_seen=np.zeros((168, 0)),
            share=np.zeros(1),
        )


_PLAIN = ("learnt_day", "period", "first", "raised", "lift")
_ARRAYS = ("places", "page", "pages", "by_hour", "usual_seen", "share")


def pack(memory: Memory) -> bytes:
    arrays = {name: getattr(memory, name) for name in _ARRAYS}
    for prefix, evidence in (("own", memory.evidence), ("fleet", memory.fleet)):
        for one in fields(evidence):
            if one.name not in ("lifts", "sized"):
                arrays[f"{prefix}_{one.name}"] = getattr(evidence, one.name)
    arrays["rate"], arrays["shape"] = memory.usual.rate, memory.usual.shape
    arrays["spreads"] = np.array([memory.usual.spread, memory.usual.fleet_spread])
    arrays["plain"] = np.array([float(getattr(memory, name)) for name in _PLAIN])
    arrays["step_minutes"] = np.array([STEP_MINUTES])
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    return held.getvalue()


def unpack(data: bytes) -> Memory:
    """Returns what `pack` stored; empty for no data, or for steps of another length."""
    if not data:
        return Memory.empty()
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        read = {name: held[name] for name in held.files}
    memory = Memory.empty()
    # Times are counted in steps; with another step length they would mean other moments.
    if "step_minutes" not in read or int(read["step_minutes"][0]) != STEP_MINUTES:
        return memory
    for name in _ARRAYS:
        setattr(memory, name, read[name])
    memory.usual = Baseline(read["rate"], read["shape"], *(float(one) for one in read["spreads"]))
    memory.evidence = _evidence(read, "own", Evidence.of_streams(memory.usual.rate))
    memory.fleet = _evidence(read, "fleet", Evidence.empty(FLEET_LIFTS))
    for name, value in zip(_PLAIN, read["plain"], strict=True):
        setattr(memory, name, float(value) if name == "lift" else int(value))
    return memory


def _evidence(read: dict[str, NDArray[np.generic]], prefix: str, like: Evidence) -> Evidence:
    def part(name: str) -> NDArray[np.generic]:
        return read[f"{prefix}_{name}"]

    return Evidence(
        part("value").astype(np.float64),
        part("onset").astype(np.int64),
        part("lately").astype(np.float64),
        part("expected").astype(np.float64),
        like.lifts,
        like.sized,
    )
