"""The encoder in int8: what a few far channels do to it, on models of a few kilobytes."""

import json

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from tests.tiny_encoder import make_tiny_encoder
from vcsm.core.encoder.build import make_files
from vcsm.core.encoder.int8 import how_far
from vcsm.core.encoder.locate import locate_model
from vcsm.core.encoder.onnx import OnnxEncoder
from vcsm.core.encoder.reach import made_up_texts, measure_reaches

TEXTS = ["a", "how do i pay", "the card was stolen in town", "zzz zzz zzz", "reset it please"]
FAR = {"encoder.layer.0.attention.output.LayerNorm.weight": 5, "embeddings.LayerNorm.weight": 9}
"""A norm's weight, and the channel of it that is made to reach far: what goes to a product and
what goes to attention."""


@pytest.fixture
def even_model(tmp_path):
    return locate_model(str(make_tiny_encoder(tmp_path / "even", seed=3)))


@pytest.fixture
def far_model(tmp_path):
    """What meets the far channels has small weights, as training leaves them: it is their size
    that spoils an int8 product, not what they say."""
    folder = make_tiny_encoder(tmp_path / "far", seed=3)
    weights = load_file(folder / "model.safetensors")
    for norm, channel in FAR.items():
        weights[norm][channel] = 60
    weights["encoder.layer.0.intermediate.dense.weight"][:, 5] /= 60
    for part in ("query", "key", "value"):
        weights[f"encoder.layer.0.attention.self.{part}.weight"][:, 9] /= 60
    save_file(weights, str(folder / "model.safetensors"), {"format": "pt"})
    return locate_model(str(folder))


def _worst(model, cache):
    """The lowest cosine of int8 to fp32, of the sentence and of each layer."""
    encoder = OnnxEncoder(model, cache, threads=1)
    exact = zip(*encoder.encode_many(TEXTS), strict=True)
    found = []
    for text, (sentence, layers) in zip(TEXTS, exact, strict=True):
        small_sentence, small_layers = encoder.encode_one(text)
        small, whole = np.vstack([small_sentence, small_layers]), np.vstack([sentence, layers])
        lengths = np.linalg.norm(small, axis=1) * np.linalg.norm(whole, axis=1)
        found.append(((small * whole).sum(axis=1) / lengths).min())
    return min(found)


def test_it_works(even_model, tmp_path):
    assert _worst(even_model, tmp_path) > 0.999


def test_channels_that_reach_far_do_not_spoil_the_others(far_model, tmp_path):
    file, _ = make_files(far_model, tmp_path)
    reaches = measure_reaches(file, made_up_texts(far_model))
    assert how_far(reaches["hidden_0"]).max() > 30
    assert how_far(reaches["mid_0"]).max() > 30
    assert _worst(far_model, tmp_path) > 0.999


def test_the_same_model_gives_the_same_files(far_model, tmp_path):
    first, second = (make_files(far_model, tmp_path / cache) for cache in ("one", "two"))
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]


def test_a_model_with_few_places(even_model, tmp_path):
    """Texts that are made up to measure it are no longer than it reads."""
    limits = {"max_seq_length": 8, "do_lower_case": True}
    file = even_model.path / "sentence_bert_config.json"
    file.write_text(json.dumps(limits), encoding="utf-8")
    short = locate_model(str(even_model.path))
    assert max(len(text) for text in made_up_texts(short)) == 8
    assert _worst(short, tmp_path) > 0.999


def test_channels_that_never_reach_anywhere():
    assert how_far(np.zeros(4, np.float32)).tolist() == [1, 1, 1, 1]
    assert np.isfinite(how_far(np.array([0, 0, 0, 2], np.float32))).all()
