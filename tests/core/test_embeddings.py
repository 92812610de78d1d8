"""The encoder: parity with sentence-transformers, odd text, and a clear word when it is missing."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from vcsm.core import embeddings
from vcsm.core.encoder.build import make_files
from vcsm.core.encoder.locate import EncoderMissing, locate_model
from vcsm.core.encoder.reference import ReferenceEncoder

TEXTS = [
    "How do I export my report as a PDF?",
    "the button does nothing",
    "I was charged twice for the same order, what now",
    "cancel",
    "Where can I change who gets the weekly summary e-mail, and can I pause it for August?",
    "Wie ändere ich mein Passwort?",
    "¿Dónde está mi factura?",
    "🙂",
    "word " * 400,
]


def test_it_works():
    vector = embeddings.encode("How do I export a report?")
    near = embeddings.encode("exporting reports")
    far = embeddings.encode("my card was stolen")
    assert vector.shape == (384,)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)
    assert vector @ near > vector @ far + 0.2


def test_parity_with_sentence_transformers():
    reference, _ = ReferenceEncoder(locate_model("")).encode_many(TEXTS)
    online = np.stack([embeddings.encode(text) for text in TEXTS])
    bulk = embeddings.encode_many(TEXTS)
    assert (reference * bulk).sum(axis=1).min() >= 0.9999
    assert (reference * online).sum(axis=1).min() >= 0.996


def test_the_feature_holds_the_lower_layers_too():
    reading = embeddings.read("How do I export a report?")
    _, features = embeddings.read_many(["How do I export a report?"])
    assert reading.feature.shape == (1536,)
    assert np.linalg.norm(reading.feature) == pytest.approx(1, abs=1e-4)
    assert reading.feature @ features[0] >= 0.996


def test_bulk_keeps_the_order_given():
    texts = ["a much longer text than the others, about invoices and cards", "hi", "reset password"]
    bulk = embeddings.encode_many(texts)
    alone = np.stack([embeddings.encode_many([text])[0] for text in texts])
    assert (bulk * alone).sum(axis=1) == pytest.approx(1, abs=1e-4)


def test_nothing_at_all():
    assert embeddings.encode_many([]).shape == (0, 384)
    assert embeddings.encode("").shape == (384,)


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "a\x00b\ud83d", "x" * 100_000, "🙂", "你好"])
def test_odd_text_is_read(odd):
    vector = embeddings.encode(odd)
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_nul_and_lone_surrogates_change_nothing():
    plain = embeddings.encode("reset my password")
    assert np.allclose(plain, embeddings.encode("reset my password\x00\ud800"))


def test_the_id_names_the_model():
    name, _, fingerprint = embeddings.encoder_id().partition(":")
    assert name == "all-MiniLM-L6-v2"
    assert len(fingerprint.partition(".")[0]) == 12


def test_a_missing_model_is_one_sentence(tmp_path):
    with pytest.raises(EncoderMissing, match="no such folder"):
        locate_model("no-such-model-anywhere")
    with pytest.raises(EncoderMissing, match=r"config\.json is missing"):
        locate_model(str(tmp_path))


def test_another_models_weights_have_another_id(tmp_path):
    here = locate_model("")
    for file in here.path.iterdir():
        target = tmp_path / file.name
        if file.is_dir():
            shutil.copytree(file, target)
        elif file.name != "config.json":
            target.symlink_to(file)
    changed = {**here.config, "layer_norm_eps": 1e-11}
    Path(tmp_path, "config.json").write_text(json.dumps(changed), encoding="utf-8")
    assert locate_model(str(tmp_path)).fingerprint != here.fingerprint


def test_concurrent_makers_leave_two_whole_files(tmp_path):
    model = locate_model("")
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: make_files(model, tmp_path), range(2)))
    assert made[0] == made[1]
    folder = made[0][0].parent
    assert sorted(file.name for file in folder.iterdir()) == ["fp32.onnx", "int8.onnx"]
