import numpy as np
import pytest

from vcsm.escalation import drift
from vcsm.escalation.certificate import Verdicts
from vcsm.escalation.drift import find_drift
from vcsm.escalation.standing import stand


def stream(seed: int, *shares: tuple[int, float]) -> Verdicts:
    """So many verdicts of each share of false alarms, one after the other."""
    draw = np.random.default_rng(seed)
    false = np.concatenate([draw.random(number) < share for number, share in shares])
    return Verdicts(draw.random(len(false)), false)


def test_it_works() -> None:
    verdicts = stream(3, (200, 0.05), (100, 0.5))
    assert find_drift(verdicts, threshold=None, seed=0)
    found = stand(verdicts, max_false_share=0.3, confidence=0.9)
    assert (found.drift, found.certified, found.threshold) == (True, False, None)
    assert found.verdicts_missing == 7


def test_the_same_verdicts_in_another_order_prove_something() -> None:
    verdicts = stream(3, (200, 0.05), (100, 0.5))
    mix = np.random.default_rng(8).permutation(300)
    mixed = Verdicts(verdicts.scores[mix], verdicts.false_alarms[mix])
    assert stand(mixed, max_false_share=0.3, confidence=0.9).certified


def test_scores_that_move_are_drift_too() -> None:
    rising = Verdicts(np.linspace(0, 1, 200), np.zeros(200, bool))
    assert find_drift(rising, threshold=None, seed=0)


def test_where_nothing_changes_drift_is_seldom_called() -> None:
    called = sum(
        find_drift(stream(seed, (250, 0.2)), threshold=0.5, seed=seed) for seed in range(120)
    )
    assert called <= 13  # 5 % at most is promised; 13 of 120 would be three sigma beyond it


def test_a_change_that_breaks_a_certificate_is_mostly_seen() -> None:
    """From 10 to 30 %, where a fifth is allowed."""
    seen = sum(
        find_drift(stream(seed, (100, 0.1), (100, 0.3)), threshold=None, seed=seed)
        for seed in range(100)
    )
    assert seen >= 40


def test_a_change_for_the_better_is_no_reason_to_doubt() -> None:
    better = [stream(seed, (100, 0.15), (100, 0.05)) for seed in range(40)]
    assert sum(find_drift(one, threshold=None, seed=1) for one in better) <= 8


@pytest.mark.parametrize("number", [0, 1])
def test_too_few_to_tell(number: int) -> None:
    assert not find_drift(stream(1, (number, 0.5)), threshold=0.99, seed=0)


def test_all_the_same() -> None:
    same = Verdicts(np.full(300, 0.5), np.ones(300, bool))
    assert not find_drift(same, threshold=0.5, seed=0)


def test_how_many_are_read_at_a_time_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = np.random.default_rng(11)
    scores = dice.integers(0, 40, 500) / 40
    bad = dice.random(500) < np.where(np.arange(500) < 300, 0.1, 0.25)
    for seed in range(5):
        seen = []
        for block in (1, 7, 500, 1024):
            monkeypatch.setattr(drift, "BLOCK", block)
            labels, tilts = drift._bet_on_labels(bad, seed), drift._bet_on_scores(scores, seed)
            seen.append([*labels, *tilts])
        assert all(np.allclose(one, seen[0], rtol=1e-9) for one in seen)


def test_a_change_long_ago_is_no_error() -> None:
    old = np.arange(60_000) < 20_000
    assert find_drift(Verdicts(np.where(old, 0.2, 0.9), ~old), threshold=0.5, seed=1)
