"""Reads texts with an encoder in this process: for workers and commands, not web processes."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vcsm.core.encoder.locate import EncoderMissing, locate_model
from vcsm.core.encoder.reading import PART_WEIGHTS, Reading, clean_text, id_of, present_id
from vcsm.core.encoder.remembered import Remembered

if TYPE_CHECKING:
    from vcsm.core.encoder.onnx import OnnxEncoder
    from vcsm.core.encoder.reference import ReferenceEncoder

_remembered = Remembered()


def read(text: str) -> Reading:
    return _read_with(_encoder(), clean_text(text))


def read_as(wanted: str, text: str) -> Reading | None:
    encoder = _encoder_of(wanted)
    return _read_with(encoder, clean_text(text)) if encoder else None


def forget() -> None:
    _remembered.forget()


def read_many(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    if not texts:
        one = read("")
        return np.zeros((0, one.sentence.size), np.float32), np.zeros(
            (0, one.feature.size), np.float32
        )
    sentences, layers = _encoder().encode_many([clean_text(text) for text in texts])
    units = _unit(sentences)
    return units, _layered(units, layers)


def _encoder() -> "OnnxEncoder | ReferenceEncoder":
    return _open(settings.VCSM_ENCODER)


@cache
def _encoder_of(wanted: str) -> "OnnxEncoder | ReferenceEncoder | None":
    if wanted == present_id():
        return _encoder()
    for name in dict.fromkeys([settings.VCSM_ENCODER_BEFORE, ""]):
        try:
            encoder = _open(name)
        except EncoderMissing:
            continue
        if id_of(encoder.model) == wanted:
            return encoder
    return None


def _read_with(encoder: "OnnxEncoder | ReferenceEncoder", text: str) -> Reading:
    def encode(text: str) -> Reading:
        sentence, layers = encoder.encode_one(text)
        unit = _unit(sentence)
        return Reading(unit, _layered(unit[None], layers[None])[0])

    return _remembered.read(text, encode, encoder=id_of(encoder.model))


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
    found = [*(_unit(layers[:, index]) for index in range(layers.shape[1])), sentences]
    parts = [weight * part for weight, part in zip(PART_WEIGHTS, found, strict=True)]
    return _unit(np.concatenate(parts, axis=1))


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    units: NDArray[np.float32] = (vectors / np.maximum(length, 1e-12)).astype(np.float32)
    return units
