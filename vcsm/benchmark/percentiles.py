"""Summarises milliseconds, the same way in every benchmark."""

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Returns the smallest value that at least `share` (0..1] do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def p50_p95_p99(milliseconds: Sequence[float]) -> dict[str, float | int | None]:
    """Returns what `p50_p95` does, with `"p99_ms"`."""
    p99 = round(percentile(milliseconds, 0.99), 1) if milliseconds else None
    return {**p50_p95(milliseconds), "p99_ms": p99}


def p50_p95(milliseconds: Sequence[float]) -> dict[str, float | int | None]:
    """Returns `{"p50_ms", "p95_ms", "n"}`; the first two None when nothing was measured."""
    if not milliseconds:
        return {"p50_ms": None, "p95_ms": None, "n": 0}
    return {
        "p50_ms": round(percentile(milliseconds, 0.5), 1),
        "p95_ms": round(percentile(milliseconds, 0.95), 1),
        "n": len(milliseconds),
    }
