from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from vcsm.escalation.certificate import (
    Verdicts,
    bound_everywhere,
    certify,
    choose_everywhere,
)
from vcsm.escalation.standing import stand


def verdicts(scores: list[float], false_alarms: list[int]) -> Verdicts:
    return Verdicts(np.array(scores, float), np.array(false_alarms, bool))


def clean(number: int) -> Verdicts:
    return verdicts([index / number for index in range(number)], [0] * number)


def drawn(seed: int, number: int, *, share_at: tuple[float, float]) -> Verdicts:
    """Scores from 0 to 1; the share of false alarms goes in a line from one to the other."""
    draw = np.random.default_rng(seed)
    scores = draw.random(number)
    low, high = share_at
    return Verdicts(scores, draw.random(number) < low + (high - low) * scores)


batches = st.lists(
    st.tuples(st.sampled_from([0.1, 0.4, 0.5, 0.9, 3.0, -2.0]) | st.floats(0, 1), st.booleans()),
    max_size=120,
).map(lambda rows: verdicts([row[0] for row in rows], [int(row[1]) for row in rows]))
shares = st.sampled_from([0.05, 0.2, 0.5])
confidences = st.sampled_from([0.8, 0.9, 0.95])


def test_it_works() -> None:
    found = stand(drawn(1, 400, share_at=(0.8, 0.0)), max_false_share=0.2, confidence=0.9)
    assert found.certified
    assert found.threshold is not None and 0.2 < found.threshold < 0.9
    assert found.upper_bound is not None and found.upper_bound <= 0.2
    assert 0.1 < found.escalated_share < 0.8
    assert (found.verdicts, found.verdicts_missing, found.drift) == (400, 0, False)


@pytest.mark.parametrize(
    ("share", "confidence", "fewest"),
    [(0.5, 0.9, 4), (0.2, 0.9, 11), (0.2, 0.95, 14), (0.1, 0.9, 22)],
)
def test_the_fewest_verdicts_that_prove_anything(
    share: float, confidence: float, fewest: int
) -> None:
    asked = {"max_false_share": share, "confidence": confidence}
    assert certify(verdicts([], []), **asked).missing == fewest
    assert not certify(clean(fewest - 1), **asked).certified
    assert certify(clean(fewest), **asked).certified


def test_missing_is_what_is_missing() -> None:
    five = certify(clean(5), max_false_share=0.2, confidence=0.9)
    assert (five.certified, five.missing) == (False, 6)


def test_nothing_but_false_alarms() -> None:
    found = stand(verdicts([0.5] * 60, [1] * 60), max_false_share=0.2, confidence=0.9)
    assert (found.certified, found.threshold, found.upper_bound) == (False, None, 1.0)
    assert found.verdicts_missing > 11


def test_one_score_for_all_is_one_threshold() -> None:
    found = certify(verdicts([0.5] * 50, [1] + [0] * 49), max_false_share=0.2, confidence=0.9)
    assert found.certified and found.bound is not None
    assert (found.bound.sent, found.bound.false) == (50, 1)


@pytest.mark.parametrize("share", [0.0, 1.0, float("nan"), -0.1])
def test_a_share_that_is_none(share: float) -> None:
    with pytest.raises(ValueError, match="max_false_share must lie between 0 and 1"):
        certify(clean(20), max_false_share=share, confidence=0.9)


@given(batches, shares, confidences)
def test_what_is_certified_passes_the_exact_test(
    batch: Verdicts, share: float, confidence: float
) -> None:
    """Checked against scipy's own binomial test, counting by hand."""
    found = certify(batch, max_false_share=share, confidence=confidence)
    if found.certified and found.bound:
        sent = batch.scores >= found.bound.threshold
        false = int(batch.false_alarms[sent].sum())
        assert (found.bound.sent, found.bound.false) == (sent.sum(), false)
        exact = binomtest(false, int(sent.sum()), share, alternative="less")
        assert exact.pvalue <= 1 - confidence + 1e-12
        assert found.bound.upper <= share + 1e-9
    else:
        assert found.missing > 0


@given(batches, shares)
def test_so_many_more_good_verdicts_do_certify(batch: Verdicts, share: float) -> None:
    missing = certify(batch, max_false_share=share, confidence=0.9).missing
    more = Verdicts(
        np.concatenate([batch.scores, np.full(missing, 9.0)]),
        np.concatenate([batch.false_alarms, np.zeros(missing, bool)]),
    )
    assert certify(more, max_false_share=share, confidence=0.9).certified


@given(batches, st.integers(0, 99))
def test_the_order_of_verdicts_means_nothing_to_the_bound(batch: Verdicts, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(batch))
    mixed = replace(batch, scores=batch.scores[order], false_alarms=batch.false_alarms[order])
    asked = {"max_false_share": 0.3, "confidence": 0.9}
    assert certify(mixed, **asked) == certify(batch, **asked)


def test_it_is_broken_no_more_often_than_it_says() -> None:
    """No threshold is good enough in these worlds: all that is certified is wrong."""
    worlds, share = 400, 0.25
    wrong = sum(
        certify(
            drawn(seed, 150, share_at=(share + 0.001, share + 0.001)),
            max_false_share=share,
            confidence=0.8,
        ).certified
        for seed in range(worlds)
    )
    assert 0 < wrong <= 0.2 * worlds + 3 * (0.2 * 0.8 * worlds) ** 0.5


def test_picked_after_looking_it_still_holds() -> None:
    """In each world the share is picked that looks best: the least that anything certifies."""
    worlds, wrong, picked = 300, 0, 0
    for seed in range(worlds):
        bounds = bound_everywhere(drawn(seed, 200, share_at=(0.5, 0.1)), confidence=0.8)
        best = min(bounds, key=lambda bound: bound.upper)
        chosen = choose_everywhere(bounds, max_false_share=best.upper)
        assert chosen is not None
        picked += 1
        wrong += 0.5 - 0.4 * (1 + chosen.threshold) / 2 > best.upper
    assert picked == worlds
    assert wrong <= 0.2 * worlds + 3 * (0.2 * 0.8 * worlds) ** 0.5
