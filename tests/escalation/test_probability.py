import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.probability import (
    WRITTEN,
    Judged,
    believe,
    calibrate,
    learn,
    venn_abers,
    written_model,
)

STUCK = {"struggle": 0.8, "repetition": 1.0, "failed help": 1.0}


def lessons(seed: int, number: int, weight: float) -> list[Judged]:
    """Cases in which only "renewal near" says whether a human is needed."""
    draw = np.random.default_rng(seed)
    found = []
    for _ in range(number):
        near = float(draw.random() < 0.5)
        chance = 1 / (1 + np.exp(-(weight * near - weight / 2)))
        found.append(Judged({"renewal near": near}, bool(draw.random() < chance)))
    return found


def test_it_works() -> None:
    """Before any verdict it answers from what is written, and says so."""
    stuck, calm = believe(written_model(), STUCK), believe(written_model(), {})
    assert calm.probability < 0.2 < 0.6 < stuck.probability
    assert stuck.low < stuck.probability < stuck.high
    assert stuck.prior_share == 1
    assert stuck.contributions["failed help"] == WRITTEN["failed help"][0]
    assert set(stuck.contributions) == {"always", "struggle", "repetition", "failed help"}


def test_it_learns_from_verdicts() -> None:
    model = learn(lessons(1, 300, weight=3.0))
    near, far = (believe(model, {"renewal near": value}) for value in (1.0, 0.0))
    assert near.probability > 0.7 > 0.3 > far.probability
    assert model.prior_share < 0.9
    fewer = learn(lessons(1, 30, weight=3.0))
    assert model.prior_share < fewer.prior_share < 1


def test_a_few_verdicts_of_its_own_hardly_move_a_workspace_from_what_is_shared() -> None:
    shared = learn(lessons(2, 400, weight=4.0))
    case = {"renewal near": 1.0}
    none, few, many = (
        believe(learn(lessons(3, number, weight=-4.0), shared=shared), case).probability
        for number in (0, 4, 400)
    )
    assert none == believe(shared, case).probability
    assert none > few > many
    assert none - few < few - many


def test_all_verdicts_alike_is_no_certainty() -> None:
    model = learn([Judged(STUCK, True)] * 200)
    assert 0.9 < believe(model, STUCK).probability < 1


@given(st.dictionaries(st.sampled_from(list(WRITTEN)), st.floats(width=32)))
def test_whatever_the_features_it_is_a_probability(features: dict[str, float]) -> None:
    belief = believe(written_model(), features)
    assert 0 <= belief.low <= belief.probability <= belief.high <= 1


def test_venn_abers_is_calibrated_where_the_model_is_not() -> None:
    """The model says 0.9 for what comes true half of the time."""
    draw = np.random.default_rng(5)
    truth = draw.random(400) < 0.5
    said = believe(written_model(), STUCK).uncalibrated
    belief = believe(written_model(), STUCK, calibration=calibrate([said] * 400, truth.tolist()))
    assert belief.uncalibrated == said > 0.6
    assert belief.low <= belief.probability <= belief.high
    assert 0.4 < belief.low < belief.high < 0.6


def test_the_venn_abers_pair_narrows_with_more_verdicts() -> None:
    widths = []
    for number in (40, 400):
        said = [index / number for index in range(number)]
        low, high = venn_abers(calibrate(said, [one > 0.5 for one in said]), 0.75)
        widths.append(high - low)
    assert widths[0] > widths[1] > 0


@pytest.mark.parametrize("said", [0.0, 0.5, 1.0])
def test_the_pair_holds_the_plain_isotonic_value(said: float) -> None:
    calibration = calibrate([0.1, 0.5, 0.5, 0.9], [False, True, False, True])
    low, high = venn_abers(calibration, said)
    assert 0 <= low <= high <= 1
