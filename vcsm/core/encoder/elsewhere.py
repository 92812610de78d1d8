"""Reads texts by asking a worker: a web process holds no encoder."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcsm.core.ask import ask
from vcsm.core.encoder.reading import Reading, clean_text

READ, READ_MANY = "core.read_text", "core.read_texts"
"""Names of the tasks that read."""
SECONDS = 5.0
SECONDS_PER_TEXT = 0.05


def read(text: str) -> Reading:
    reading = read_as("", text)
    assert reading is not None, "the present encoder reads everything"
    return reading


def read_as(wanted: str, text: str) -> Reading | None:
    """Returns the reading by the encoder of that id ("": the present one); None if it is gone.

    Raises NobodyAnswered when no worker answers.
    """
    told = ask(READ, seconds=SECONDS, wanted=wanted, text=clean_text(text))
    if told is None:
        return None
    return Reading(_unpack(told[0])[0], _unpack(told[1])[0])


def read_many(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Returns sentences (n, width) and features (n, width of a feature).

    Raises NobodyAnswered when no worker answers.
    """
    cleaned = [clean_text(text) for text in texts]
    told = ask(READ_MANY, seconds=SECONDS + SECONDS_PER_TEXT * len(cleaned), texts=cleaned)
    return _unpack(told[0]), _unpack(told[1])


def forget() -> None:
    """Does nothing: no readings are kept here, and a worker's are its own."""


def pack(vectors: NDArray[np.float32]) -> dict[str, Any]:
    """Packs (n, width) float32 as JSON: the shape, and the bytes in base64."""
    data = base64.b64encode(np.ascontiguousarray(vectors, np.float32).tobytes()).decode()
    return {"shape": list(vectors.shape), "data": data}


def _unpack(told: dict[str, Any]) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(told["data"]), np.float32).reshape(told["shape"])
