"""What must always reach a human does, in any wording on the list; plain questions do not."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.escalation.budget import SPENT
from vcsm.escalation.decide import Facts, TurnFact, decide
from vcsm.escalation.matters import PATTERNS, matter_of

HERE = Path(__file__).parent
ASKS = [
    tuple(line.split("\t")) for line in (HERE / "matter_asks.txt").read_text().splitlines() if line
]
NEGATIVES = (HERE / "matter_negatives.txt").read_text().splitlines()
TURN = TurnFact(
    message=7, asks_for_person=False, outcome="sure", answer_known=True, unanswered_before=0
)


def test_it_works() -> None:
    assert matter_of("I think somebody hacked my account") == "security"
    assert matter_of("How do I export a report?") == ""
    assert {matter for matter, _ in ASKS} == set(PATTERNS)
    assert len(ASKS) >= 50


@pytest.mark.parametrize(("matter", "text"), ASKS)
def test_recall_is_1_over_the_list(matter: str, text: str) -> None:
    assert matter_of(text) == matter


@pytest.mark.parametrize("text", NEGATIVES)
def test_a_plain_question_is_no_such_matter(text: str) -> None:
    assert matter_of(text) == ""


@given(
    st.sampled_from(ASKS),
    st.sampled_from(["", "Hi, ", "Hello there! ", "URGENT: ", "Sorry to bother you, but "]),
    st.sampled_from(["", "!!!", " Please help.", " What should I do?", "\n\nThanks, Vera", " 😡"]),
    st.booleans(),
)
def test_no_greeting_shouting_or_ending_hides_it(
    ask: tuple[str, str], before: str, after: str, shouted: bool
) -> None:
    text = f"{before}{ask[1]}{after}"
    assert matter_of(text.upper() if shouted else text)


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert matter_of(text) in {"", *PATTERNS}


@given(st.sampled_from(sorted(PATTERNS)), st.booleans(), st.floats(0, SPENT))
def test_no_article_and_no_price_stands_in_the_way(
    matter: str, answered: bool, price: float
) -> None:
    turn = msgspec.structs.replace(TURN, matter=matter, answer_known=answered)
    decision = decide(Facts(turn=turn, price=price))
    assert (decision.action, decision.rule) == ("escalate", "always_human")


def test_a_member_who_is_there_answers_it() -> None:
    turn = msgspec.structs.replace(TURN, matter="legal")
    assert decide(Facts(turn=turn, member_present=True)).action == "continue"
