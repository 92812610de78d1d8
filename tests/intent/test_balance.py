"""The balance: how much an intent's centre counts beside its single examples."""

import numpy as np

from vcsm.intent.balance import OTHERS, USUAL_BALANCE, choose_balance
from vcsm.intent.classifier import fit
from vcsm.intent.guess import Example

INTENTS, ROWS = 10, 200
OWN = np.arange(ROWS) % INTENTS


def _scores(noise, *, seed):
    own = np.eye(INTENTS, dtype=np.float32)[OWN]
    chance = np.random.default_rng(seed)
    return (own + noise * chance.normal(size=own.shape)).astype(np.float32)


def test_where_centres_name_more_of_them_right_they_count_more():
    assert choose_balance(_scores(1.0, seed=1), _scores(0.4, seed=2), OWN) in OTHERS


def test_where_the_ridge_does_it_stays():
    assert choose_balance(_scores(0.3, seed=1), _scores(1.0, seed=2), OWN) == USUAL_BALANCE


def test_what_may_be_chance_changes_nothing():
    few = slice(0, 30)
    ridge, centre = _scores(1.0, seed=1)[few], _scores(0.1, seed=2)[few]
    assert choose_balance(ridge, centre, OWN[few]) == USUAL_BALANCE
    same = _scores(0.7, seed=3)
    assert choose_balance(same, same, OWN) == USUAL_BALANCE


def test_a_model_of_noisy_examples_leans_on_their_centres():
    chance = np.random.default_rng(4)
    ways = chance.normal(size=(30, 384))

    def write(rows):
        features = ways[rows] + 4 * chance.normal(size=(len(rows), 384))
        return (features / np.linalg.norm(features, axis=1, keepdims=True)).astype(np.float32)

    rows = np.arange(180) % 30
    features = zip(rows, write(rows), strict=True)
    model = fit([Example(f"i{row}", f"text {n}", one) for n, (row, one) in enumerate(features)])
    assert model.balance in OTHERS
    guesses = [model.classify(one, "new").intent for one in write(rows)]
    assert np.mean([guess == f"i{row}" for guess, row in zip(guesses, rows, strict=True)]) > 0.6
