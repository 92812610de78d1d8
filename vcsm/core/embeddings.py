"""Text to vectors, with one sentence encoder for the whole installation.

`encode` is the online path (int8, one text per call); `encode_many` the bulk path (fp32, sorted by
length). Both give the same model's vectors (cosine ≥ 0.97, a test), so they may be compared;
vectors of different `encoder_id()`s may not. While a change of model is under way, `read_as` reads
a text with the model that the stored vectors are of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vcsm.core.encoder.build import VERSION
from vcsm.core.encoder.locate import EncoderMissing, locate_model
from vcsm.core.encoder.vocabulary import read_words

if TYPE_CHECKING:
    from vcsm.core.encoder.onnx import OnnxEncoder
    from vcsm.core.encoder.reference import ReferenceEncoder

__all__ = [
    "EncoderMissing",
    "Reading",
    "Vector",
    "clean_text",
    "encode",
    "encode_many",
    "encoder_id",
    "encoder_width",
    "familiar_words",
    "read",
    "read_as",
    "read_many",
]

Vector = NDArray[np.float32]

MAX_CHARACTERS = 20_000
"""What is read of a text: far more than the encoder's 256 tokens, far less than a 100 kB paste."""

LAYER_WEIGHTS = (1.0, 0.10, 0.15)
"""Of the layers in `Reading.feature` (`build.layers_of`)."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """One text as read in one forward pass, both vectors of length 1."""

    sentence: Vector
    """(384,) what sentence-transformers gives: for search and storage."""
    feature: Vector
    """(1152,) telling tokens first, with lower layers at small weights: for intents."""


def encode(text: str) -> Vector:
    """(width,) float32 of length 1, by the online path: about a millisecond."""
    return read(text).sentence


def encode_many(texts: Sequence[str]) -> NDArray[np.float32]:
    """(n, width) float32, rows of length 1, by the bulk path."""
    return read_many(texts)[0]


def read(text: str) -> Reading:
    """Sentence and layered feature of one text, by the online path."""
    return _read_with(_encoder(), text)


def read_as(wanted: str, text: str) -> Reading | None:
    """The same by the encoder of that id: the present one, the one before it, or the bundled one.

    None when none of these is it: then no text can be compared with vectors of that id.
    """
    encoder = _encoder_of(wanted)
    return _read_with(encoder, text) if encoder else None


def read_many(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Sentences (n, width) and features (n, 3 x width) by the bulk path; n may be 0."""
    if not texts:
        one = read("")
        return np.zeros((0, one.sentence.size), np.float32), np.zeros(
            (0, one.feature.size), np.float32
        )
    sentences, layers = _encoder().encode_many([clean_text(text) for text in texts])
    units = _unit(sentences)
    return units, _layered(units, layers)


def encoder_id() -> str:
    """Names the model, and our way of pooling it, e.g. `all-MiniLM-L6-v2:1a2b3c4d5e6f.2`."""
    return _id_of(_encoder())


def encoder_width() -> int:
    """How many numbers a sentence's vector has."""
    return int(read("").sentence.size)


def familiar_words() -> frozenset[str]:
    """Words that the encoder knows whole, lower case: none of them is a misspelling."""
    return _words_of(settings.VCSM_ENCODER)


def clean_text(text: str) -> str:
    """Without NUL, control characters and lone surrogates, which no database or tokeniser takes."""
    return _UNREADABLE.sub(" ", text[:MAX_CHARACTERS]).strip()


def _encoder() -> "OnnxEncoder | ReferenceEncoder":
    return _open(settings.VCSM_ENCODER)


@cache
def _encoder_of(wanted: str) -> "OnnxEncoder | ReferenceEncoder | None":
    if wanted == encoder_id():
        return _encoder()
    for name in dict.fromkeys([settings.VCSM_ENCODER_BEFORE, ""]):
        try:
            encoder = _open(name)
        except EncoderMissing:
            continue
        if _id_of(encoder) == wanted:
            return encoder
    return None


def _id_of(encoder: "OnnxEncoder | ReferenceEncoder") -> str:
    return f"{encoder.model.name}:{encoder.model.fingerprint}.{VERSION}"


def _read_with(encoder: "OnnxEncoder | ReferenceEncoder", text: str) -> Reading:
    sentence, layers = encoder.encode_one(clean_text(text))
    unit = _unit(sentence)
    return Reading(unit, _layered(unit[None], layers[None])[0])


@cache
def _words_of(name: str) -> frozenset[str]:
    return read_words(locate_model(name))


@cache
def _open(name: str) -> "OnnxEncoder | ReferenceEncoder":
    model = locate_model(name)
    if model.runs_as_onnx:
        from vcsm.core.encoder.onnx import OnnxEncoder

        return OnnxEncoder(model, settings.VCSM_CACHE, threads=1)
    from vcsm.core.encoder.reference import ReferenceEncoder

    return ReferenceEncoder(model)


def _layered(sentences: NDArray[np.float32], layers: NDArray[np.float32]) -> NDArray[np.float32]:
    if not layers.shape[1]:
        return sentences
    parts = [weight * _unit(layers[:, index]) for index, weight in enumerate(LAYER_WEIGHTS)]
    return _unit(np.concatenate(parts, axis=1))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    units: NDArray[np.float32] = (vectors / np.maximum(length, 1e-12)).astype(np.float32)
    return units
