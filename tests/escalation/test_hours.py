from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.hours import Hours, ends_after, next_start, within

OFFICE = Hours(time(9), time(17), "Europe/Berlin", (0, 1, 2, 3, 4))
NIGHT = Hours(time(20), time(7), "UTC")
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)


def test_it_works() -> None:
    assert within(OFFICE, MONDAY + timedelta(hours=7))  # 9 in Berlin, in summer
    assert not within(OFFICE, MONDAY + timedelta(hours=15))
    assert next_start([OFFICE], MONDAY + timedelta(days=5)) == MONDAY + timedelta(days=7, hours=7)


def test_a_night_ends_on_the_next_day() -> None:
    late = MONDAY + timedelta(hours=23)
    assert within(NIGHT, late)
    assert within(NIGHT, MONDAY + timedelta(hours=3))
    assert ends_after(NIGHT, late) == MONDAY + timedelta(days=1, hours=7)
    assert ends_after(NIGHT, MONDAY + timedelta(hours=12)) == MONDAY + timedelta(hours=12)


def test_the_clock_goes_forward_and_they_start_at_nine_all_the_same() -> None:
    saturday = datetime(2026, 3, 28, 20, tzinfo=UTC)  # the night summer time begins
    assert next_start([OFFICE], saturday) == datetime(2026, 3, 30, 7, tzinfo=UTC)


@pytest.mark.parametrize("hours", [OFFICE, NIGHT])
@given(minutes=st.integers(0, 60 * 24 * 14))
def test_the_next_start_is_within_and_nothing_before_it_is(hours: Hours, minutes: int) -> None:
    at = MONDAY + timedelta(minutes=minutes)
    start = next_start([hours], at)
    assert start is not None and start >= at
    assert within(hours, start)
    assert not [
        step
        for step in range(1, 8)
        if start - timedelta(hours=step) >= at and within(hours, start - timedelta(hours=step))
    ]
