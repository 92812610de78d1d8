import msgspec
from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.budget import SPENT
from vcsm.escalation.decide import GOES_ON, Facts, SignalFact, TurnFact, decide
from vcsm.escalation.worth import Belief, Stakes, value_of_help

RAGE = SignalFact(id="s1", kind="rage", severity=0.6, count=5, element="export", page="/reports")
SURE = Belief(
    probability=0.8, low=0.7, high=0.9, uncalibrated=0.8, prior_share=0.5, contributions={}
)
FAILED = Facts(
    signals=(RAGE,),
    struggle=0.6,
    help_shown=True,
    clicks_after_help=GOES_ON,
    annual_revenue=10_000.0,
    belief=SURE,
)
WORTH = 0.8 * 0.02 * 0.8 * 10_000 - 0.2 * 5 - 10


def at_price(facts: Facts, price: float | None) -> Facts:
    return msgspec.structs.replace(facts, price=price)


def test_it_works() -> None:
    decision = decide(at_price(FAILED, 2.0))
    assert (decision.action, decision.rule) == ("escalate", "struggle_after_help")
    assert decision.numbers["value"] == WORTH
    assert (decision.numbers["price_of_minute"], decision.numbers["in_doubt"]) == (2.0, 0.0)


def test_minutes_that_bring_more_elsewhere_go_elsewhere() -> None:
    decision = decide(at_price(FAILED, WORTH / 10 + 0.01))
    assert (decision.action, decision.reason) == ("continue", "displaced")
    first = msgspec.structs.replace(FAILED, help_shown=False, struggle=0.95)
    assert decide(at_price(first, SPENT)).action == "offer"


def test_an_interval_on_both_sides_of_the_bar_is_a_question() -> None:
    assert decide(at_price(FAILED, WORTH / 10 - 0.01)).numbers["in_doubt"] == 1.0


def test_without_a_budget_nothing_is_displaced() -> None:
    poor = msgspec.structs.replace(FAILED, annual_revenue=0.0)
    assert decide(poor).action == "escalate"


@given(st.floats(0, SPENT), st.booleans())
def test_who_asks_for_a_person_gets_one_at_any_price(price: float, answered: bool) -> None:
    turn = TurnFact(
        message=7,
        asks_for_person=True,
        outcome="none",
        answer_known=answered,
        unanswered_before=0,
    )
    asked = msgspec.structs.replace(FAILED, turn=turn, belief=SURE)
    assert decide(at_price(asked, price)).action == "escalate"


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e6))
def test_more_need_is_never_worth_less(one: float, other: float, revenue: float) -> None:
    less, more = (
        value_of_help(probability=chance, stakes=Stakes(), revenue=revenue)
        for chance in sorted((one, other))
    )
    assert less <= more


def test_an_unknown_revenue_is_assumed_and_a_negative_one_is_none() -> None:
    stakes = Stakes(revenue_if_unknown=1000.0)
    unknown, known, owed = (
        value_of_help(probability=1.0, stakes=stakes, revenue=revenue)
        for revenue in (None, 1000.0, -5.0)
    )
    assert unknown == known > owed == -10


def test_a_struggle_that_is_not_a_number_is_none() -> None:
    decision = decide(Facts(signals=(RAGE,), struggle=float("nan")))
    assert (decision.action, decision.score, decision.numbers["struggle"]) == ("continue", 0, 0)
