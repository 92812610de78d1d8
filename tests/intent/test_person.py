"""Asking for a person is recognised in any wording, and naming people is not asking for one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.intent.person import refuses_human, wants_human
from vcsm.intent.tone import asks_for_person, read_tone

HERE = Path(__file__).parent


def _lines(name: str) -> list[str]:
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line]


ASKS = _lines("person_asks.txt")
NEGATIVES = _lines("person_negatives.txt")


def test_it_works():
    assert wants_human("Can I talk to a human, please?")
    assert not wants_human("How do I add a person to my account?")
    assert len(ASKS) >= 250
    assert len(NEGATIVES) >= 90


@pytest.mark.parametrize("text", ASKS)
def test_every_explicit_ask_is_found(text):
    assert asks_for_person(text)


@pytest.mark.parametrize("text", NEGATIVES)
def test_no_hard_negative_is_an_ask(text):
    assert not asks_for_person(text)


@given(
    st.sampled_from(["talk to a human", "I want a real person", "get me an agent"]),
    st.sampled_from(["", "!!!", " please", ". Now.", " \u2026", " \U0001f621"]),
    st.booleans(),
)
def test_case_and_punctuation_change_nothing(ask, ending, shouted):
    text = ask + ending
    assert wants_human(text.upper() if shouted else text)


@given(st.text(max_size=400))
def test_any_text_gets_an_answer(text):
    assert wants_human(text) in (True, False)


def test_a_refusal_is_no_ask():
    assert refuses_human("I don't want to talk to anyone")
    assert not asks_for_person("please do not connect me to an agent, just show the article")


def test_an_ask_after_a_refusal_is_an_ask():
    assert wants_human("I don't need the article. Get me a person.")


def test_an_ask_inside_a_long_story():
    story = "I tried to export my report and it failed. " * 40 + "Let me speak to somebody."
    assert wants_human(story)


def test_a_hundred_kilobytes():
    assert not wants_human("export " * 15_000)


@pytest.mark.parametrize("text", ["", "🙂", "\ud800\x00"])
def test_odd_text_has_a_neutral_or_some_tone(text):
    assert read_tone(text).tone in ("negative", "neutral", "positive")
    assert not read_tone(text).wants_human
