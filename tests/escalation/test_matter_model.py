"""Paraphrases that neither the patterns nor the model's examples were written from."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vcsm.escalation.matter_model import matter_in
from vcsm.escalation.matters import PATTERNS
from vcsm.intent.misspelt import REAL, WORDS, correct
from vcsm.intent.tone import asks_for_person

HERE = Path(__file__).parent
HELD_OUT = [
    tuple(line.split("\t")) for line in (HERE / "matter_held_out.txt").read_text().splitlines()
]
STRANGERS = [
    tuple(line.split("\t")) for line in (HERE / "matter_strangers.txt").read_text().splitlines()
]
OUTSIDERS = [
    line.split("\t")[1] for line in (HERE / "matter_outsiders.txt").read_text().splitlines()
]
LOOKALIKES = (HERE / "matter_lookalikes.txt").read_text().splitlines()
HARMLESS = (HERE / "matter_harmless.txt").read_text().splitlines()
ORDINARY = (HERE / "matter_negatives.txt").read_text().splitlines()


def reaches_a_human(text: str) -> bool:
    return bool(matter_in(text)) or asks_for_person(text)


def test_it_works() -> None:
    assert matter_in("a list of our users is for sale on the dark web") == "security"
    assert matter_in("") == ""


def test_recall_is_1_over_paraphrases() -> None:
    assert len(HELD_OUT) >= 90
    assert not [text for _, text in HELD_OUT if not reaches_a_human(text)]


def test_recall_is_1_over_asks_in_many_languages() -> None:
    assert len(STRANGERS) >= 180
    assert not [text for _, text in STRANGERS if not reaches_a_human(text)]


def test_recall_is_1_over_what_was_written_without_a_look_at_the_patterns() -> None:
    assert len(OUTSIDERS) >= 630
    assert not [text for text in OUTSIDERS if not reaches_a_human(text)]


def test_few_look_alikes_call_anybody() -> None:
    """Questions about disputes, lawyers, emergencies and bots as features of a product."""
    called = [text for text in LOOKALIKES if reaches_a_human(text)]
    assert len(LOOKALIKES) >= 380
    assert len(called) <= 0.08 * len(LOOKALIKES), called


def test_few_harmless_sentences_call_anybody() -> None:
    called = [text for text in HARMLESS if reaches_a_human(text)]
    assert len(HARMLESS) >= 160
    assert len(called) <= 0.05 * len(HARMLESS), called


@pytest.mark.parametrize("text", (HERE / "person_said.txt").read_text().splitlines())
def test_an_ask_for_a_person_in_other_words(text: str) -> None:
    assert reaches_a_human(text)


def test_ordinary_questions_are_left_alone() -> None:
    called = [text for text in ORDINARY if matter_in(text)]
    assert len(called) <= 1, called


def test_one_sentence_of_many() -> None:
    story = "I have used your product for two years and like most of it. " * 4
    assert matter_in(f"{story}I might hurt myself if this goes on. Thanks for your time.")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    assert matter_in(text) in {"", *PATTERNS}


def test_slips_are_read_and_words_are_left_alone() -> None:
    assert correct("hakced") == "hacked"
    assert correct("chraged") == "charged"
    assert [correct(word) for word in ("changed", "layer", "down", "the")] == [
        "changed",
        "layer",
        "down",
        "the",
    ]
    assert not [word for word in (*WORDS, *REAL) if correct(word) not in (word, "kill", "account")]
