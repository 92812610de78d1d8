"""A recording as a widget would send it."""

import gzip
import json
from typing import Any

from tests.cast import NOON

NOON_MS = int(NOON.timestamp() * 1000)


def event(offset_ms: int = 0, kind: int = 3, **data: Any) -> dict[str, Any]:
    return {"type": kind, "timestamp": NOON_MS + offset_ms, "data": data}


def plain(*events: dict[str, Any]) -> bytes:
    return json.dumps(list(events)).encode()


def packed(*events: dict[str, Any]) -> bytes:
    return gzip.compress(plain(*events), mtime=0)
