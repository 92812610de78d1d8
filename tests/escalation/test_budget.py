import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.budget import ENOUGH, SPENT, price_of_minute, remember, reserve

shares = st.floats(0, 1)
cases = st.lists(st.tuples(st.floats(-50, 500), st.floats(1, 60)), min_size=ENOUGH, max_size=90)


def test_it_works() -> None:
    demand = remember([(float(value), 10.0) for value in range(100)], days=10)
    price = price_of_minute(left=50, a_day=100, day_left=1, demand=demand)
    # Ten such cases a day, minutes for five of them: the median case is the first left out.
    assert price == pytest.approx(4.9)


def test_nothing_left_is_dearer_than_any_case() -> None:
    assert price_of_minute(left=0, a_day=100, day_left=0.5) == SPENT
    assert price_of_minute(left=-5, a_day=100, day_left=0.5) == SPENT
    assert price_of_minute(left=0, a_day=0, day_left=0.5) == SPENT


def test_an_unspent_day_without_history_costs_nothing() -> None:
    assert price_of_minute(left=100, a_day=100, day_left=1) == 0


def test_minutes_for_everybody_cost_nothing() -> None:
    demand = remember([(5.0, 10.0)] * ENOUGH, days=ENOUGH)
    assert price_of_minute(left=100, a_day=100, day_left=1, demand=demand) == 0


@given(shares, shares, shares, st.none() | cases)
def test_the_price_rises_as_minutes_are_spent(
    one: float, other: float, day_left: float, past: list[tuple[float, float]] | None
) -> None:
    demand = remember(past, days=3) if past else None
    little, much = (
        price_of_minute(left=100 * left, a_day=100, day_left=day_left, demand=demand)
        for left in sorted((one, other))
    )
    assert little >= much >= 0


@given(shares, shares, cases)
def test_the_price_falls_as_the_day_goes_by(
    one: float, other: float, past: list[tuple[float, float]]
) -> None:
    demand = remember(past, days=3)
    late, early = (
        price_of_minute(left=40, a_day=100, day_left=day_left, demand=demand)
        for day_left in sorted((one, other))
    )
    assert late <= early


def test_what_is_kept_shrinks_with_the_day() -> None:
    kept = [reserve(cases_a_day=4, minutes=10, day_left=left) for left in (1, 0.5, 0)]
    assert kept == [pytest.approx(60), pytest.approx((2 + 2**0.5) * 10), 0]
