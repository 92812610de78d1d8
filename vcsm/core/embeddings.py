"""Text to vectors, with one sentence encoder for the whole installation.

`encode` is the online path (int8, one text per call); `encode_many` the bulk path (fp32, sorted by
length). Both give vectors of the same model (cosine ≥ 0.996, held by a test), so they may be
compared; vectors of different `encoder_id()`s may not. While a change of model is under way,
`read_as` reads a text with the model of the stored vectors.

The encoder runs in this process. Web processes (`VCSM_ENCODER_HERE`) ask a worker instead, and
reading may then raise `ask.NobodyAnswered`.
"""

import importlib
from collections.abc import Sequence
from functools import cache
from typing import Protocol, cast

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vcsm.core.encoder.locate import EncoderMissing, locate_model
from vcsm.core.encoder.reading import MAX_CHARACTERS, Reading, Vector, clean_text, present_id
from vcsm.core.encoder.vocabulary import read_words

__all__ = [
    "MAX_CHARACTERS",
    "EncoderMissing",
    "Reading",
    "Vector",
    "clean_text",
    "encode",
    "encode_many",
    "encoder_id",
    "encoder_width",
    "familiar_words",
    "forget",
    "read",
    "read_as",
    "read_many",
]


class Reader(Protocol):
    def read(self, text: str) -> Reading: ...
    def read_as(self, wanted: str, text: str) -> Reading | None: ...
    def forget(self) -> None: ...
    def read_many(
        self, texts: Sequence[str]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]: ...


def encode(text: str) -> Vector:
    """Returns (width,) float32 of length 1, by the online path: about a millisecond."""
    return read(text).sentence


def encode_many(texts: Sequence[str]) -> NDArray[np.float32]:
    """Returns (n, width) float32, rows of length 1, by the bulk path."""
    return read_many(texts)[0]


def read(text: str) -> Reading:
    """Returns the sentence and layered feature of one text, by the online path."""
    return _reader().read(text)


def read_as(wanted: str, text: str) -> Reading | None:
    """Reads by the encoder of that id: the present one, the one before it, or the bundled one.

    None when it is none of these: then no text can be compared with vectors of that id.
    """
    return _reader().read_as(wanted, text)


def read_many(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Returns sentences (n, width) and features (n, 4 x width) by the bulk path; n may be 0."""
    return _reader().read_many(texts)


def forget() -> None:
    """Drops the readings kept of earlier texts, so that what a text costs can be measured."""
    _reader().forget()


def encoder_id() -> str:
    """Returns the id of the model, and of our pooling, e.g. `all-MiniLM-L6-v2:1a2b3c4d5e6f.2`."""
    return present_id()


def encoder_width() -> int:
    """Returns how many numbers a sentence's vector has."""
    return int(read("").sentence.size)


def familiar_words() -> frozenset[str]:
    """Returns lower-case words that the encoder knows whole: none of them is a misspelling."""
    return _words_of(settings.VCSM_ENCODER)


def _reader() -> Reader:
    # Imported by name: in a web process no encoder may be loaded, or be reachable by imports.
    where = "here" if settings.VCSM_ENCODER_HERE else "elsewhere"
    return cast(Reader, importlib.import_module(f"vcsm.core.encoder.{where}"))


@cache
def _words_of(name: str) -> frozenset[str]:
    return read_words(locate_model(name))
