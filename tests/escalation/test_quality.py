import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.quality import judge_probabilities

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=80)


def drawn(said: object, number: int, seed: int = 1) -> tuple[list[float], list[bool]]:
    draw = np.random.default_rng(seed)
    true = draw.random(number)
    return [float(said(one)) for one in true], (draw.random(number) < true).tolist()  # type: ignore[operator]


def test_it_works() -> None:
    honest = judge_probabilities(*drawn(lambda true: true, 4000))
    bold = judge_probabilities(*drawn(lambda true: float(true > 0.5), 4000))
    assert honest and bold
    # Of uniform chances: E[p(1-p)] = 1/6, and sure answers err in a quarter of cases.
    assert honest.brier == pytest.approx(1 / 6, abs=0.01)
    assert bold.brier == pytest.approx(1 / 4, abs=0.02)
    assert honest.calibration_error < 0.03 < bold.calibration_error
    assert honest.miscalibration < 0.01
    assert bold.log_loss > 3 > honest.log_loss


@given(PAIRS)
def test_the_parts_add_up_and_the_curve_rises(pairs: list[tuple[float, bool]]) -> None:
    found = judge_probabilities([said for said, _ in pairs], [came for _, came in pairs])
    assert found
    parts = found.miscalibration - found.discrimination + found.uncertainty
    assert found.brier == pytest.approx(parts)
    assert found.miscalibration >= -1e-9
    assert found.discrimination >= -1e-9
    happened = [step.happened for step in found.curve]
    assert happened == sorted(happened)
    assert sum(step.count for step in found.curve) == len(pairs) == found.count


def test_chance_alone_is_no_miscalibration() -> None:
    """The plain estimate on 100 honest answers is about 0.1: chance, not error."""
    errors = [
        judged.calibration_error
        for seed in range(40)
        if (judged := judge_probabilities(*drawn(lambda true: true, 100, seed)))
    ]
    assert np.mean(errors) < 0.07


def test_nothing_said() -> None:
    assert judge_probabilities([], []) is None


@pytest.mark.parametrize("said", [[0.5, 0.5], [1.5], [float("nan")]])
def test_what_is_no_probability(said: list[float]) -> None:
    with pytest.raises(ValueError):
        judge_probabilities(said, [True])
