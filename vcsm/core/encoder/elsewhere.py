"""Reading by asking a worker: how a web process, which holds no encoder, gets its vectors."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcsm.core.ask import ask
from vcsm.core.encoder.reading import Reading, clean_text

READ, READ_MANY = "core.read_text", "core.read_texts"
"""The tasks' names."""
SECONDS = 5.0
SECONDS_PER_TEXT = 0.05


def read(text: str) -> Reading:
    reading = read_as("", text)
    assert reading is not None, "the present encoder reads everything"
    return reading


def read_as(wanted: str, text: str) -> Reading | None:
    """Raises NobodyAnswered when no worker does."""
    told = ask(READ, seconds=SECONDS, wanted=wanted, text=clean_text(text))
    if told is None:
        return None
    return Reading(_unpack(told[0])[0], _unpack(told[1])[0])


def read_many(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Raises NobodyAnswered when no worker does."""
    cleaned = [clean_text(text) for text in texts]
    told = ask(READ_MANY, seconds=SECONDS + SECONDS_PER_TEXT * len(cleaned), texts=cleaned)
    return _unpack(told[0]), _unpack(told[1])


def forget() -> None:
    """Nothing is kept here; what a worker keeps is its own."""


def pack(vectors: NDArray[np.float32]) -> dict[str, Any]:
    """(n, width) float32 as JSON: shape, and the bytes in base64."""
    data = base64.b64encode(np.ascontiguousarray(vectors, np.float32).tobytes()).decode()
    return {"shape": list(vectors.shape), "data": data}


def _unpack(told: dict[str, Any]) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(told["data"]), np.float32).reshape(told["shape"])
