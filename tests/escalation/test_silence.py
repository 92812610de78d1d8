import numpy as np
import pytest

from vcsm.escalation.silence import Sampled, estimate_recall


def test_it_works() -> None:
    """80 reached; 2 of 100 audited of 1,000 silent ones were missed: about 20 missed."""
    recall = estimate_recall(
        sent=Sampled(100, 100, 80), silent=Sampled(1000, 100, 2), confidence=0.9
    )
    assert recall.estimate == pytest.approx(0.8)
    assert recall.low < 0.62
    assert 0.94 < recall.high < 1


def test_everything_judged_leaves_nothing_to_doubt() -> None:
    recall = estimate_recall(sent=Sampled(10, 10, 6), silent=Sampled(20, 20, 2), confidence=0.9)
    assert recall.estimate == recall.low == recall.high == 0.75


def test_no_audit_says_nothing() -> None:
    recall = estimate_recall(sent=Sampled(10, 10, 6), silent=Sampled(90, 0, 0), confidence=0.9)
    assert (recall.low, recall.high) == (pytest.approx(6 / 96, abs=1e-3), 1.0)


def test_nobody_was_in_need() -> None:
    recall = estimate_recall(sent=Sampled(0, 0, 0), silent=Sampled(50, 50, 0), confidence=0.9)
    assert (recall.estimate, recall.low, recall.high) == (None, 0.0, 1.0)


def test_counts_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="cannot be"):
        estimate_recall(sent=Sampled(10, 11, 0), silent=Sampled(0, 0, 0), confidence=0.9)


def test_it_covers() -> None:
    draw, worlds, covered = np.random.default_rng(4), 60, 0
    for _ in range(worlds):
        found = estimate_recall(
            sent=Sampled(100, 50, int(draw.hypergeometric(70, 30, 50))),
            silent=Sampled(900, 60, int(draw.hypergeometric(30, 870, 60))),
            confidence=0.8,
        )
        covered += found.low <= 0.7 <= found.high
    assert covered >= 0.8 * worlds


def test_what_nobody_looked_at_is_not_known() -> None:
    sent = Sampled(77, 70, 60)
    found = estimate_recall(sent=sent, silent=Sampled(4, 0, 0), confidence=0.9)
    assert found.estimate is None
    assert 0.9 < found.low < found.high == 1


def test_it_says_more_than_two_intervals_put_together() -> None:
    """Clopper-Pearson on each, with half of the error each, leaves 0.605 to 0.964 here."""
    found = estimate_recall(
        sent=Sampled(200, 100, 75), silent=Sampled(1000, 100, 3), confidence=0.9
    )
    assert 0.605 < found.low < 150 / 180 < found.high < 0.964


def test_large_counts() -> None:
    found = estimate_recall(
        sent=Sampled(5_000, 2_000, 1_500), silent=Sampled(200_000, 4_000, 60), confidence=0.9
    )
    assert found.low < 3_750 / 6_750 < found.high
    assert found.high - found.low < 0.12
