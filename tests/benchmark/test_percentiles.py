import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.benchmark.percentiles import p50_p95, percentile

numbers = st.lists(st.floats(0, 1e6), min_size=1, max_size=200)


def test_it_works() -> None:
    assert p50_p95(list(range(1, 101))) == {"p50_ms": 50, "p95_ms": 95, "n": 100}


def test_nothing_measured_is_no_zero() -> None:
    assert p50_p95([]) == {"p50_ms": None, "p95_ms": None, "n": 0}


@given(numbers, st.floats(0.01, 1))
def test_at_least_that_share_is_not_above_it(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


@given(numbers)
def test_order_does_not_matter(values: list[float]) -> None:
    assert p50_p95(values) == p50_p95(values[::-1])


def test_one_slow_of_24_is_beyond_p95_and_two_are_not() -> None:
    assert p50_p95([200.0] * 23 + [3000.0])["p95_ms"] == 200.0
    assert p50_p95([200.0] * 22 + [3000.0] * 2)["p95_ms"] == pytest.approx(3000.0)
