"""What evidence is enough, and what takes a rung away."""

import random

import pytest
from scipy.stats import binom

from vcsm.governance.autonomy import LADDER
from vcsm.governance.earn import (
    ALARM,
    CONFIDENCE,
    TOLERABLE,
    Evidence,
    lower_bound,
    next_rung,
    too_many_reversals,
)


def test_it_works() -> None:
    none = next_rung("shadow", Evidence(), rungs=LADDER, cap="auto")
    assert none is not None
    assert (none.to, none.ready, none.bars[0].missing) == ("suggest", False, 4)
    some = next_rung("shadow", Evidence(judged=4, as_written=4), rungs=LADDER, cap="auto")
    assert some is not None and some.ready


@pytest.mark.parametrize("truth", [0.5, 0.7, 0.8, 0.95])
@pytest.mark.parametrize("seen", [3, 20, 100])
def test_the_bound_is_wrong_no_more_often_than_it_says(truth: float, seen: int) -> None:
    wrong = sum(
        binom.pmf(good, seen, truth) for good in range(seen + 1) if lower_bound(good, seen) > truth
    )
    assert wrong <= 1 - CONFIDENCE + 1e-9


def test_nothing_goes_past_the_cap_or_up_from_off() -> None:
    all_good = Evidence(judged=999, as_written=999, done=999)
    assert next_rung("approve", all_good, rungs=LADDER, cap="approve") is None
    assert next_rung("auto", all_good, rungs=LADDER, cap="auto") is None
    assert next_rung("off", all_good, rungs=LADDER, cap="auto") is None
    skipping = next_rung("shadow", all_good, rungs=("off", "shadow", "undoable"), cap="undoable")
    assert skipping is not None and skipping.to == "undoable"


def test_what_is_missing_is_enough_and_one_less_is_not() -> None:
    for level in ("shadow", "suggest", "approve", "undoable"):
        promotion = next_rung(level, Evidence(9, 7, 9, 1), rungs=LADDER, cap="auto")  # type: ignore[arg-type]
        assert promotion is not None
        for bar in promotion.bars:
            good = round(7 if bar.what == "as written" else 8)
            assert lower_bound(good + bar.missing, 9 + bar.missing) >= bar.needed
            assert lower_bound(good + bar.missing - 1, 9 + bar.missing - 1) < bar.needed


def test_four_in_a_row_cost_a_rung_and_now_and_then_one_does_not() -> None:
    assert too_many_reversals([False] * 300 + [True] * 4)
    assert not too_many_reversals([True] * 3)
    assert not too_many_reversals(([True] + [False] * 20) * 20)
    assert not too_many_reversals([])


def test_a_tolerable_use_case_keeps_its_rung_as_long_as_it_says() -> None:
    draw = random.Random(7)
    lengths = []
    for _ in range(60):
        acts: list[bool] = []
        grown = 0
        while not too_many_reversals(acts[-400:]) and grown < 4 * ALARM:
            acts += [draw.random() < TOLERABLE for _ in range(50)]
            grown += 50
        lengths.append(grown)
    assert sum(lengths) / len(lengths) >= ALARM
