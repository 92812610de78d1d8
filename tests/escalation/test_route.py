import math

from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.route import Candidate, choose

ALICE = Candidate(1, True, 100, 3, frozenset({"legal"}), False)
BOB = Candidate(2, True, 100, 1, frozenset(), True)
CARA = Candidate(3, False, 100, 0, frozenset(), True)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        member=st.integers(1, 20),
        on_duty=st.booleans(),
        minutes_left=st.sampled_from([-5.0, 0.0, 5.0, 60.0, math.inf]),
        open=st.integers(0, 9),
        skills=st.frozensets(st.sampled_from(["legal", "rage"])),
        leads=st.booleans(),
    ),
    unique_by=lambda one: one.member,
)


def ask(
    *people: Candidate,
    owner: int | None = None,
    urgent: bool = False,
    needs: frozenset[str] = frozenset(),
    not_again: frozenset[int] = frozenset(),
) -> int | None:
    return choose(people, owner=owner, needs=needs, minutes=10, urgent=urgent, not_again=not_again)


def test_it_works() -> None:
    assert ask(ALICE, BOB, owner=1) == 1
    assert ask(ALICE, BOB) == 2  # fewer open
    assert ask(ALICE, BOB, needs=frozenset({"legal"})) == 1


def test_an_owner_who_is_away_is_not_asked() -> None:
    assert ask(BOB, CARA, owner=3) == 2


def test_nobody_there() -> None:
    assert ask(CARA) is None
    assert ask(CARA, urgent=True) == 3
    assert ask(urgent=True) is None


def test_no_minutes_left_is_no_reason_to_keep_somebody_waiting_who_asked() -> None:
    spent = Candidate(1, True, -20, 3, frozenset(), False)
    assert ask(spent) is None
    assert ask(spent, urgent=True) == 1


@given(CANDIDATES, st.booleans(), st.frozensets(st.integers(1, 20)))
def test_who_is_asked_is_there_or_leads_and_was_not_asked_before(
    people: list[Candidate], urgent: bool, before: frozenset[int]
) -> None:
    asked = ask(*people, urgent=urgent, not_again=before)
    if asked is None:
        left = [one for one in people if one.member not in before]
        assert not urgent or not any(one.on_duty or one.leads for one in left)
        return
    (one,) = [one for one in people if one.member == asked]
    assert one.member not in before
    assert one.on_duty or (urgent and one.leads)
    assert urgent or one.minutes_left >= 10
