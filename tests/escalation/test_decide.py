import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.decide import (
    ESCALATE_AT,
    GOES_ON,
    OFFER_AT,
    Facts,
    SignalFact,
    TurnFact,
    decide,
    facts_from_json,
    facts_to_json,
)

RAGE = SignalFact(id="s1", kind="rage", severity=0.6, count=5, element="export", page="/reports")
TURN = TurnFact(
    message=7, asks_for_person=False, outcome="sure", answer_known=True, unanswered_before=0
)

signals = st.builds(SignalFact, severity=st.floats(0, 1), count=st.integers(0, 99))
turns = st.builds(TurnFact, message=st.none() | st.integers(1, 99))
facts = st.builds(
    Facts,
    signals=st.lists(signals, max_size=4).map(tuple),
    struggle=st.floats(0, 1),
    turn=st.none() | turns,
    clicks_after_help=st.integers(0, 20),
)


def ruling(facts: Facts) -> tuple[str, str]:
    decision = decide(facts)
    return decision.action, decision.rule


def test_it_works() -> None:
    decision = decide(Facts(signals=(RAGE,), struggle=0.6))
    assert (decision.action, decision.reason, decision.evidence) == ("offer", "friction", ("s1",))


def test_nothing_happened() -> None:
    assert ruling(Facts()) == ("continue", "nothing_to_do")


def test_a_little_friction_is_watched() -> None:
    mild = Facts(signals=(RAGE,), struggle=OFFER_AT - 0.01)
    assert ruling(mild) == ("continue", "nothing_to_do")


def test_one_offer_at_a_time() -> None:
    lately = Facts(signals=(RAGE,), struggle=0.6, nudged_lately=True)
    assert ruling(lately) == ("continue", "nothing_to_do")


def test_struggle_that_goes_on_after_help_calls_a_person() -> None:
    shown = Facts(signals=(RAGE,), struggle=0.6, help_shown=True)
    one = msgspec.structs.replace(shown, clicks_after_help=GOES_ON - 1)
    two = msgspec.structs.replace(shown, clicks_after_help=GOES_ON)
    assert ruling(one) == ("continue", "nothing_to_do")
    assert ruling(two) == ("escalate", "struggle_after_help")


def test_severe_struggle_calls_a_person_at_once() -> None:
    assert ruling(Facts(signals=(RAGE,), struggle=ESCALATE_AT)) == ("escalate", "severe_struggle")


def test_a_question_without_an_answer_is_answered_with_an_offer_and_then_a_person() -> None:
    first = msgspec.structs.replace(TURN, answer_known=False)
    second = msgspec.structs.replace(first, unanswered_before=1)
    assert ruling(Facts(turn=first)) == ("offer", "unknown_answer")
    assert ruling(Facts(turn=second)) == ("escalate", "second_unknown_answer")


def test_what_could_not_be_seen_is_said() -> None:
    assert decide(Facts()).unseen == ("account's revenue", "renewal date", "intent")
    seen = Facts(annual_revenue=1.0, renews_in_days=3, intent_known=True)
    assert decide(seen).unseen == ()


@given(facts)
def test_asking_for_a_person_always_escalates_unless_one_is_there(facts: Facts) -> None:
    asks = msgspec.structs.replace(facts, turn=msgspec.structs.replace(TURN, asks_for_person=True))
    expected = (
        ("continue", "member_present")
        if facts.member_present
        else (
            "escalate",
            "asked_for_person",
        )
    )
    assert ruling(asks) == expected


@given(facts)
def test_a_stored_decision_can_be_made_again_to_the_same_bytes(facts: Facts) -> None:
    stored = msgspec.json.encode(facts_to_json(facts))
    again = facts_from_json(msgspec.json.decode(stored))
    assert msgspec.json.encode(decide(again)) == msgspec.json.encode(decide(facts))


@given(facts)
def test_more_struggle_never_calls_for_less(facts: Facts) -> None:
    order = ["continue", "offer", "escalate"]
    worse = msgspec.structs.replace(facts, struggle=1.0)
    assert order.index(decide(worse).action) >= order.index(decide(facts).action)
    assert decide(worse).score >= decide(facts).score


@given(facts)
def test_the_score_stays_a_share(facts: Facts) -> None:
    assert 0 <= decide(facts).score <= 1


@pytest.mark.parametrize(
    "rule",
    [rule.__name__ for rule in __import__("vcsm.escalation.decide", fromlist=["RULES"]).RULES],
)
def test_every_rule_is_documented(rule: str) -> None:
    from tests.stack import ROOT

    assert f"`{rule}`" in (ROOT / "docs" / "deciding.md").read_text()
