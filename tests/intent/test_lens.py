"""The lens: which layers of the encoder a workspace's own intents are seen by."""

import numpy as np
import pytest

from vcsm.core.encoder.reading import PART_WEIGHTS
from vcsm.intent.classifier import fit
from vcsm.intent.guess import Example
from vcsm.intent.lens import CLEAR, LENSES, USUAL, choose_lens

WIDTH = 24
INTENTS, EACH = 12, 8
LABELS = np.repeat(np.arange(INTENTS), EACH)
TEXTS = [f"text {row}" for row in range(len(LABELS))]
NO_NAMES = np.zeros(len(LABELS), bool)


def _layered(noise, *, seed=1):
    """(n, 4 x WIDTH) as the encoder gives them; `noise` is each layer's own."""
    chance = np.random.default_rng(seed)
    parts = []
    for weight, spread in zip(PART_WEIGHTS, noise, strict=True):
        ways = chance.normal(size=(INTENTS, WIDTH))
        own = ways[LABELS] + spread * chance.normal(size=(len(LABELS), WIDTH))
        parts.append(weight * own / np.linalg.norm(own, axis=1, keepdims=True))
    whole = np.concatenate(parts, axis=1)
    return (whole / np.linalg.norm(whole, axis=1, keepdims=True)).astype(np.float32)


def _choose(features, names=NO_NAMES):
    return choose_lens(features, TEXTS, LABELS, names)


def _relative(lens):
    return tuple(np.round(np.multiply(lens.weights, PART_WEIGHTS), 3))


def test_where_the_last_layer_tells_them_apart_it_stays_as_it_is():
    assert _choose(_layered((0.4, 9, 9, 9))) is USUAL


def test_what_weighs_nothing_takes_no_time():
    features = _layered((0.4, 9, 9, 9))
    assert USUAL.see(features).shape[1] == 3 * WIDTH
    assert (USUAL.see(features) @ USUAL.see(features).T) == pytest.approx(
        features @ features.T, abs=0.01
    )


def test_where_the_words_tell_them_apart_the_lower_layers_weigh_more():
    features = _layered((3, 0.4, 0.4, 3))
    lens = _choose(features)
    assert _relative(lens) in LENSES[1:]
    assert lens.weights[2] > 5 * lens.weights[0]
    examples = [Example(f"i{i}", t, f) for i, t, f in zip(LABELS, TEXTS, features, strict=True)]
    model = fit(examples)
    assert model.lens.weights == pytest.approx(lens.weights)
    assert model.held_out_accuracy > 0.9


def test_an_encoder_without_layers_is_seen_as_it_is():
    plain = np.random.default_rng(2).normal(size=(len(LABELS), 4 * WIDTH)).astype(np.float32)
    assert _choose(plain) is CLEAR
    assert _choose(plain[:, :-1]) is CLEAR


def test_too_little_to_choose_by():
    features = _layered((3, 0.4, 0.4, 3))
    assert _choose(features, names=~NO_NAMES) is USUAL
    few = choose_lens(features[:EACH], TEXTS[:EACH], LABELS[:EACH], NO_NAMES[:EACH])
    assert few is USUAL


def test_what_is_seen_has_length_one():
    features = _layered((1, 1, 1, 1))
    for lens in (CLEAR, USUAL, _choose(features)):
        assert np.linalg.norm(lens.see(features), axis=1) == pytest.approx(1, abs=1e-5)
