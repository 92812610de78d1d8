"""The detection by itself: bounds that hold, scopes, proofs, and what is never concluded."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.benchmark.problem_play import Play
from vcsm.benchmark.problem_score import alarms_of, score_alarms
from vcsm.benchmark.problem_worlds import STEPS_A_DAY, make_world
from vcsm.problems.baseline import Baseline, bad_day_factor, learn_baseline, learn_hours
from vcsm.problems.blind import find_blind
from vcsm.problems.detect import (
    HOUR_STEPS,
    PERIOD_DAYS,
    Evidence,
    accumulate,
    lifts_of,
    raise_alarms,
    share_out,
    starting_weight,
)
from vcsm.problems.incidents import (
    Incident,
    merge_related,
    set_apart,
    sort_in,
    still_open,
    strongest_of_page,
)
from vcsm.problems.recover import Recovery, judge_recovery
from vcsm.problems.scope import (
    ACCOUNT,
    FLEET,
    PRODUCT,
    Outbreak,
    belongs_to,
    everywhere_lift,
    fleet_lift,
    stands_out,
    sure_lift,
    tell_scope,
)
from vcsm.problems.watch_state import Memory, pack, unpack


def step(evidence: Evidence, hits: list[float], *, usual: float = 0.01, at: int = 0) -> None:
    size = len(hits)
    accumulate(
        evidence,
        hits=np.array(hits),
        usual=np.full(size, usual),
        shape=np.full(size, 10.0),
        starting=1e-4,
        step=at,
    )


def test_it_works() -> None:
    evidence = Evidence.empty(lifts_of(np.full(2, 0.01)))
    for at in range(60):
        step(evidence, [1.0 if at >= 50 and at % 2 else 0.0, 0.0], at=at)
    assert evidence.total[0] > 100 > 1 > evidence.total[1]
    assert 46 <= evidence.onset_of(0) <= 52


def test_as_usual_its_mean_stays_below_what_was_put_in() -> None:
    draw = np.random.default_rng(1)
    evidence, steps = Evidence.of_streams(np.full(4_000, 0.02)), 150
    rate = draw.gamma(10.0, 1 / 10.0, 4_000) * 0.02
    for at in range(steps):
        accumulate(
            evidence,
            hits=draw.poisson(rate).astype(float),
            usual=np.full(4_000, 0.02),
            shape=np.full(4_000, 10.0),
            starting=1 / steps,
            step=at,
        )
    # Nearly all of the mean lies in draws too rare to be seen: what is seen must stay below 1.
    assert evidence.total.mean() < 1
    assert (evidence.total >= 20).mean() <= 1 / 20


def test_what_hits_twenty_an_hour_is_told_sooner_where_that_size_is_looked_for() -> None:
    rate = np.full(1, 0.004)
    sized, plain = Evidence.of_streams(rate), Evidence.empty(lifts_of(rate)[:, :-1])
    for at in range(15):
        for one in (sized, plain):
            step(one, [float(at % 3 == 2)], usual=0.4 / 60, at=at)
    assert sized.total[0] > 1.5 * plain.total[0]
    assert sized.lift_of(0) == pytest.approx(50)
    assert sized.prior.sum() == pytest.approx(1)


def test_the_size_stays_between_the_lifts_whatever_is_usual() -> None:
    evidence = Evidence.of_streams(np.full(3, 0.004))
    evidence.fit_size(np.array([0.0, 0.4 / 60, 9.0]))
    least, fitting, most = evidence.lifts[2, 1], 50, 150
    assert evidence.lifts[:, -1] == pytest.approx([most, fitting, least])


def test_nothing_expected_teaches_nothing() -> None:
    evidence = Evidence.empty(lifts_of(np.full(1, 0.01)))
    step(evidence, [0.0])
    before = evidence.total.copy()
    accumulate(
        evidence, hits=np.zeros(1), usual=np.zeros(1), shape=np.ones(1), starting=0.0, step=1
    )
    assert evidence.total == before


def test_what_began_before_everybody_left_began_when_it_did() -> None:
    """The page is empty for a night: what is found in the morning began the evening before."""
    evidence = Evidence.of_streams(np.full(2, 0.004))
    for at in range(600):
        there = at < 120 or at >= 500
        hit = at in (110, 113, 115, 503)
        step(evidence, [float(hit), 0.0], usual=0.4 / 60 if there else 0.0, at=at)
    assert 105 <= evidence.onset_of(0) <= 110
    assert evidence.onset_of(1) >= 500


def test_no_place_is_thought_worse_than_who_comes_by_can_make_it() -> None:
    rare, middling, frequent = lifts_of(np.array([0.0001, 0.004, 0.3]))
    assert (rare[0], rare[-1]) == (5, 1000)
    assert middling[-1] * 0.004 == pytest.approx(0.6)
    assert (frequent[0], frequent[-1]) == (5, 15)
    assert lifts_of(np.zeros(0)).shape == (0, 5)


@given(st.integers(1, 400), st.integers(1, 400))
def test_the_budget_is_never_overspent(first: int, streams: int) -> None:
    shares = share_out(np.ones(streams), first=min(first, streams))
    assert shares.sum() <= 1 + 1e-9
    assert (shares > 0).all()


@pytest.mark.parametrize("expected", [1, 2, 3, 20])
def test_starts_weigh_at_most_one_over_a_period(expected: int) -> None:
    """Whether there come more releases than were expected, or fewer."""
    released = [100, 5_000, 20_000]
    total, steps = 0.0, PERIOD_DAYS * 24 * HOUR_STEPS
    for at in range(steps):
        seen = [one for one in released if one <= at]
        total += starting_weight(
            1 / steps,
            releases=len(seen),
            expected=expected,
            since_release=at - seen[-1] if seen else None,
        )
    assert 0.6 <= total <= 1


def test_everything_worse_is_told_by_the_middle_page_not_by_a_broken_one() -> None:
    usual = np.full(9, 10.0)
    broken = usual.copy()
    broken[0] = 900.0
    assert everywhere_lift(broken, usual) == 1
    assert everywhere_lift(3 * usual, usual) == 3
    assert everywhere_lift(np.zeros(0), np.zeros(0)) == 1


def test_many_at_once_need_less_each_and_one_page_counts_once() -> None:
    share = np.full(100, 0.01)
    total = np.zeros(100)
    total[:3] = 400.0
    own = np.arange(100)
    assert len(raise_alarms(total, share, q=0.1, raised=0, groups=own)) == 3
    assert len(raise_alarms(total, share, q=0.1, raised=0, groups=np.zeros(100, int))) == 0
    assert len(raise_alarms(total, share, q=0.1, raised=5, groups=np.zeros(100, int))) == 3


def test_whose_it_is() -> None:
    shares = {1: 0.3, 2: 0.01}
    assert tell_scope([2] * 8 + [None], usual=0.5, shares=shares) == (ACCOUNT, 2)
    assert tell_scope([3, 4, 5, 6, 7], usual=0.5, shares=shares) == (PRODUCT, None)
    assert tell_scope([1, 1, 1, 5, 6, 7], usual=0.1, shares=shares) == (PRODUCT, None)
    assert tell_scope([], usual=0.1, shares=shares) == (PRODUCT, None)
    # Others have a bad day on a busy page meanwhile; one of them is no part of it.
    others = list(range(100, 114))
    assert tell_scope([2] * 20 + others, usual=10, shares=shares) == (ACCOUNT, 2)


def outbreak(page: str = "/a", **more: object) -> Outbreak:
    given = {
        "element": "",
        "name": "",
        "scope": PRODUCT,
        "account": None,
        "onset": 100,
        "at": 110,
        **more,
    }
    return Outbreak(page=page, **given)  # type: ignore[arg-type]


def test_one_cause_is_one_problem() -> None:
    incidents: list[Incident] = []
    for stream, one in enumerate(
        [
            outbreak(sessions=frozenset(range(9))),
            outbreak("/b", sessions=frozenset(range(4))),
            outbreak(at=115),
        ]
    ):
        sort_in(incidents, stream, one, now=one.at, number=len(incidents))
    assert len(incidents) == 1
    sort_in(incidents, 9, outbreak("/c"), now=110, number=1)
    assert len(incidents) == 2


def test_what_begins_much_later_on_the_same_page_is_another_problem() -> None:
    incidents: list[Incident] = []
    day = 24 * HOUR_STEPS
    first = outbreak(element="save", at=110)
    sort_in(incidents, 1, first, now=110, number=0)
    # The same control in another way, and the page that it stands on, are the same cause.
    sort_in(incidents, 2, outbreak(element="save", onset=day, at=day), now=day, number=1)
    sort_in(incidents, 3, outbreak(onset=day, at=day), now=day, number=1)
    assert len(incidents) == 1
    pay = outbreak(element="pay", onset=2 * day, at=2 * day + 9)
    sort_in(incidents, 4, pay, now=pay.at, number=1)
    assert len(incidents) == 2


def test_a_page_in_alarm_names_the_control_that_speaks_loudest() -> None:
    page = np.array([0, 0, 1, 0, 1])  # three controls on two pages, and the pages themselves
    total = np.array([3.0, 50.0, 900.0, 5_000.0, 0.1])
    assert strongest_of_page(3, total, page, elements=3) == 1
    assert strongest_of_page(3, np.ones(5), page, elements=3) is None
    assert strongest_of_page(1, total, page, elements=3) is None
    assert strongest_of_page(5, total, page, elements=3) is None


def test_what_is_far_worse_than_everything_is_no_part_of_it() -> None:
    incidents: list[Incident] = []
    sort_in(incidents, 1, outbreak("/a", lift=sure_lift(30, 0.2)), now=110, number=0)
    sort_in(incidents, 2, outbreak("/b", lift=sure_lift(8, 1.0)), now=110, number=1)
    sort_in(incidents, 99, outbreak("", scope=FLEET, at=120), now=120, number=2)
    assert sorted(one.scope for one in still_open(incidents)) == [FLEET, PRODUCT]


def test_what_everything_took_in_is_itself_again_when_it_stands_out() -> None:
    incidents: list[Incident] = []
    own = sort_in(incidents, 1, outbreak("/a", element="pay"), now=110, number=0)
    sort_in(incidents, 2, outbreak("/b"), now=110, number=1)
    whole = sort_in(incidents, 99, outbreak("", scope=FLEET, at=120), now=120, number=2)
    joined = outbreak("/c", at=121)
    assert sort_in(incidents, 3, joined, now=121, number=3) is whole
    apart = outbreak("/a", element="pay", lift=float("inf"))
    assert set_apart(incidents, whole, 1, apart, now=150) is own
    assert (own.merged_into, own.opened) == (None, 110)
    fresh = set_apart(incidents, whole, 3, replace(joined, lift=float("inf")), now=150)
    assert fresh not in (own, whole)
    assert set(whole.outbreaks) == {99, 2}
    # What comes on its page is its, not everything's.
    assert sort_in(incidents, 4, outbreak("/a", element="go"), now=160, number=4) is own


@pytest.mark.parametrize(
    ("hits", "apart"), [(4, False), (12, False), (40, True)], ids=["few", "as all", "beyond"]
)
def test_it_stands_out_only_surely(hits: int, apart: bool) -> None:
    assert stands_out(hits, 3.0, everywhere=3.0) is apart


def test_a_component_shows_late_where_it_is_little_used() -> None:
    first = outbreak("/a", element="a1", name="Picker")
    late = outbreak("/b", element="b1", name="Picker", onset=700, at=760)
    assert belongs_to(late, first, lasting=True)
    assert not belongs_to(late, first)
    # Noticed at once: it began when it says it did, hours after.
    assert not belongs_to(replace(late, at=705), first, lasting=True)
    assert not belongs_to(replace(late, name="Other"), first, lasting=True)


def test_a_page_that_breaks_is_no_part_of_what_one_account_has_on_it() -> None:
    own = outbreak(element="pay", scope=ACCOUNT, account=7)
    assert not belongs_to(outbreak(onset=900, at=905), own, lasting=True)
    assert belongs_to(outbreak(scope=ACCOUNT, account=7), own, lasting=True)


def test_days_differ_as_much_as_they_do_although_the_rate_was_learnt_from_them() -> None:
    draw = np.random.default_rng(6)
    days = draw.gamma(10, 1 / 10, (14, 400)).repeat(6, axis=0)
    hits = draw.poisson(days).astype(float)
    seen = np.full(hits.shape, 100.0)
    learnt = learn_baseline(hits, seen, kept=np.ones_like(hits))
    assert 0.095 < learnt.spread < 0.12


def test_few_days_leave_more_doubt_about_how_much_they_differ() -> None:
    draw = np.random.default_rng(4)
    days = draw.gamma(20, 1 / 20, (56, 1)).repeat(6, axis=0)
    hits = draw.poisson(20 * days * np.ones((1, 6))).astype(float)
    seen = np.full(hits.shape, 1000.0)
    few, many = (
        learn_baseline(hits[:cut], seen[:cut], kept=np.ones((cut, 6))) for cut in (36, len(hits))
    )
    assert few.fleet_spread > many.fleet_spread > 1 / 20


def test_everything_at_once_takes_in_its_parts() -> None:
    incidents: list[Incident] = []
    sort_in(incidents, 1, outbreak("/a"), now=110, number=0)
    sort_in(incidents, 2, outbreak("/b"), now=111, number=1)
    sort_in(incidents, 99, outbreak("", scope=FLEET, at=120), now=120, number=2)
    assert [one.scope for one in still_open(incidents)] == [FLEET]


def test_a_problem_that_turns_out_to_be_an_accounts_joins_the_accounts() -> None:
    incidents: list[Incident] = []
    sort_in(incidents, 1, outbreak("/a", scope=ACCOUNT, account=7), now=110, number=0)
    late = sort_in(incidents, 2, outbreak("/b"), now=130, number=1)
    late.change_scope(ACCOUNT, 7)
    merge_related(incidents)
    assert len(still_open(incidents)) == 1


def test_silence_proves_nothing_and_exposure_does() -> None:
    state = Recovery(usual=0.01, bad=0.3)
    silent = judge_recovery(state, hits=0, seen=0, minutes=600)
    assert silent == state
    assert judge_recovery(state, hits=0, seen=60, minutes=60).verified
    assert not judge_recovery(state, hits=8, seen=60, minutes=60).verified


def test_a_broken_thing_is_seldom_called_fixed() -> None:
    draw = np.random.default_rng(3)
    wrong = 0
    for _ in range(300):
        state = Recovery(usual=0.01, bad=0.2)
        for _ in range(60):
            seen = int(draw.poisson(20))
            state = judge_recovery(
                state, hits=float(draw.binomial(seen, 0.2)), seen=seen, minutes=30
            )
            if state.verified:
                wrong += 1
                break
    assert wrong <= 300 / 20


def test_blind_is_what_should_have_been_seen() -> None:
    assert find_blind(np.array([0.0, 0.0, 3.0]), np.array([100.0, 10.0, 100.0])).tolist() == [
        True, False, False,
    ]  # fmt: skip


def test_a_sparse_stream_is_shrunk() -> None:
    hits, seen = np.zeros((42, 50)), np.full((42, 50), 100.0)
    hits[:, :] = 1.0
    hits[0, 0], seen[:, 0] = 2.0, 0.0
    hits[1:, 0], seen[0, 0] = 0.0, 3.0
    learnt = learn_baseline(hits, seen, kept=np.ones_like(hits))
    assert learnt.rate[0] < 0.2
    assert learnt.rate[1] == pytest.approx(0.01, rel=0.1)
    assert bad_day_factor(0.1) > bad_day_factor(0.02) > 1


def test_nothing_to_learn_from() -> None:
    none = np.zeros((0, 3))
    assert (learn_baseline(none, none, kept=none).rate > 0).all()
    assert (learn_hours(np.zeros((48, 2)), np.zeros((48, 2))) == 1).all()
    assert fleet_lift(np.zeros(2), np.zeros(2)) == 1


def test_what_is_remembered_comes_back() -> None:
    memory = Memory.empty()
    memory.evidence = Evidence.empty(lifts_of(np.array([0.1, 0.01, 0.001])))
    memory.places, memory.page = np.arange(3), np.zeros(3, dtype=np.int64)
    memory.raised, memory.lift = 4, 1.5
    memory.usual = Baseline(np.array([0.1, 0.01, 0.001]), np.ones(3), 0.2, 0.1)
    again = unpack(pack(memory))
    assert (again.evidence.lifts == memory.evidence.lifts).all()
    assert (again.raised, again.lift, again.places.tolist()) == (4, 1.5, [0, 1, 2])
    assert unpack(b"").raised == 0


def test_what_was_remembered_in_other_steps_is_not_taken_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = Memory.empty()
    memory.raised = 4
    monkeypatch.setattr("vcsm.problems.watch_state.STEP_MINUTES", 2)
    old = pack(memory)
    monkeypatch.undo()
    assert unpack(old).raised == 0


def test_planted_causes_are_found_with_few_false_ones() -> None:
    world = make_world(np.random.default_rng(5), streams=40, weeks=3, learning=2)
    score = score_alarms(world, alarms_of(Play(world, 0.1, 14 * STEPS_A_DAY).run()))
    assert score.planted >= 1
    assert score.found <= score.planted
    assert score.fdp <= 0.5
