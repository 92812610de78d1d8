"""How messages are read: without pleasantries, spelt as the workspace's own examples are."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intent.test_classifier import SHOP, _examples, _feature
from vcsm.core import embeddings
from vcsm.intent.classifier import fit
from vcsm.intent.plain import strip_pleasantries
from vcsm.intent.spelling import Spelling

EXAMPLES = [
    "I want to transfer money to my account",
    "where is my mattress delivery",
    "activate the card, it does not arrive",
    "when does my card expire",
]
FAMILIAR = frozenset("the my hat where want money card stand order rumble nothing expired".split())  # noqa: SIM905


@pytest.fixture
def spelling():
    return Spelling(EXAMPLES, FAMILIAR)


def test_it_works(spelling):
    model = fit(_examples(), familiar=embeddings.familiar_words())
    text = model.plain("hi team! wher is my parcle plz help")
    assert text == "where is my parcel"
    guess = model.classify(_feature(text), text)
    assert guess.intent == "delivery"
    assert spelling.correct("Tranfer my mony to teh acount!") == "transfer my money to teh account!"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Hello, I have a question. Where is my card?", "Where is my card?"),
        ("good morning sir, my card is lost, please help me asap", "my card is lost"),
        ("dear support team my card is lost. Thank you so much!", "my card is lost"),
        ("need help: cannot log in. thanks, regards", "cannot log in"),
        ("hi", "hi"),
        ("Hello there", "Hello there"),
        ("ok thanks", "ok thanks"),
        ("thank you", "thank you"),
        ("please help", "please help"),
        ("history of my orders", "history of my orders"),
        ("", ""),
        ("🙂", "🙂"),
        ("higher limits please?", "higher limits"),
    ],
)
def test_what_is_said_around_the_matter_goes(written, plain):
    assert strip_pleasantries(written) == plain


@pytest.mark.parametrize(
    ("written", "correct"),
    [
        ("matress", "mattress"),
        ("mattres delivry", "mattress delivery"),
        ("trnsfr", "transfer"),
        ("pls activte u card", "please activate you card"),
        ("i dont want it", "i don't want it"),
        ("hat stand order", "hat stand order"),
        ("crad carrd", "card card"),
        ("mera caro hu", "mera caro hu"),
        ("expires", "expires"),
        ("EX-409 Zalando", "EX-409 Zalando"),
        ("мой carte 卡 🙂", "мой carte 卡 🙂"),
        ("mattressx\nmattress", "mattress\nmattress"),
    ],
)
def test_only_misspellings_of_own_words_change(spelling, written, correct):
    assert spelling.correct(written) == correct


def test_shorthand_that_the_examples_use_is_a_word():
    assert Spelling(["my acc is an accelerometer"], FAMILIAR).correct("acc") == "acc"


def test_without_a_vocabulary_nothing_changes():
    assert Spelling(EXAMPLES).correct("matress u") == "matress u"
    assert Spelling([], FAMILIAR).correct("matress") == "matress"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    spelling = Spelling(EXAMPLES, FAMILIAR)
    once = spelling.correct(strip_pleasantries(text))
    assert spelling.correct(once) == once
    assert strip_pleasantries(strip_pleasantries(text)) == strip_pleasantries(text)


def test_english_is_familiar_before_there_is_any_intent():
    words = "where is my parcel".split()  # noqa: SIM905
    assert all(map(fit([], familiar=embeddings.familiar_words()).is_familiar, words))
    assert all(map(fit([]).is_familiar, words))
    assert not fit([], familiar=embeddings.familiar_words()).is_familiar("wachtwoord")


def test_a_hundred_kilobytes_pass_quickly(spelling):
    text = "matress hi " * 10_000
    assert len(spelling.correct(strip_pleasantries(text))) > 90_000


def test_typos_cost_little():
    """A letter dropped from each longer word changes the guess of hardly any message."""
    chance = random.Random(1)

    def mistype(word: str) -> str:
        place = chance.randrange(1, len(word) - 1) if len(word) > 5 else len(word)
        return word[:place] + word[place + 1 :]

    model = fit(_examples(), familiar=embeddings.familiar_words())
    rows = [(intent, text) for intent, texts in SHOP.items() for text in texts]
    typed = [(intent, " ".join(map(mistype, text.split()))) for intent, text in rows]
    assert sum(text not in dict(map(reversed, rows)) for _, text in typed) >= 6
    plain = [(intent, model.plain(text)) for intent, text in typed]
    right = [model.classify(_feature(text), text).intent == intent for intent, text in plain]
    assert np.mean(right) == 1.0
