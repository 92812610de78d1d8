"""Who may wait, and who is taken next; without a database."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from vcsm.events.waiting import Waiting


@dataclass(frozen=True)
class One:
    workspace_id: int
    size: int
    number: int = 0


def fill(waiting: Waiting[One], workspace_id: int, size: int = 20) -> int:
    """Adds batches until there is no room; returns the events that got in."""
    events = 0
    while waiting.has_room(workspace_id, size):
        waiting.add(One(workspace_id, size))
        events += size
    return events


def test_one_that_floods_leaves_half_and_two_leave_a_third() -> None:
    waiting: Waiting[One] = Waiting(50_000)
    assert fill(waiting, 1) == 25_000
    assert waiting.has_room(2, 500)
    assert fill(waiting, 2) == 12_500
    taken = waiting.take(37_500)
    assert (len(waiting), sum(one.size for one in taken)) == (0, 37_500)


def test_a_quiet_workspace_is_in_the_next_group_however_long_the_others_line_is() -> None:
    waiting: Waiting[One] = Waiting(50_000)
    fill(waiting, 1)
    waiting.add(One(2, 20))
    assert One(2, 20) in waiting.take(100)


def test_a_batch_larger_than_the_room_may_wait_alone() -> None:
    waiting: Waiting[One] = Waiting(10)
    assert waiting.has_room(1, 500)
    waiting.add(One(1, 500))
    assert not waiting.has_room(1, 0)
    assert waiting.take(1) == [One(1, 500)]


def test_batches_without_events_are_taken_too() -> None:
    waiting: Waiting[One] = Waiting(10)
    for number in range(3):
        waiting.add(One(1, 0, number))
    assert [one.number for one in waiting.take(5)] == [0, 1, 2]
    assert waiting.take(5) == []


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 9)), max_size=60), st.integers(1, 30))
def test_all_is_taken_once_and_in_the_order_of_its_workspace(
    came: list[tuple[int, int]], most: int
) -> None:
    waiting: Waiting[One] = Waiting(1_000)
    for number, (workspace_id, size) in enumerate(came):
        waiting.add(One(workspace_id, size, number))
    taken: list[One] = []
    while group := waiting.take(most):
        taken += group
    assert sorted(one.number for one in taken) == list(range(len(came)))
    for workspace_id in range(1, 5):
        own = [one.number for one in taken if one.workspace_id == workspace_id]
        assert own == sorted(own)
    assert (waiting.size, len(waiting)) == (0, 0)
