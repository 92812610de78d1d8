"""Which language a message is in, as far as a person must be found who reads it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.core import embeddings
from vcsm.core.language import detect_language


def test_it_works():
    assert detect_language("How do I change my password?") == "en"
    assert detect_language("Wie ändere ich mein Passwort?") == "de"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("où est ma facture", "fr"),
        ("quiero cancelar mi cuenta", "es"),
        ("não consigo entrar na minha conta", "pt"),
        ("non riesco ad accedere al mio conto", "it"),
        ("ik kan niet inloggen", "nl"),
        ("где моя карта", "ru"),
        ("你好，我的卡在哪里", "zh"),
        ("パスワードを忘れました", "ja"),
        ("كيف أغير كلمة المرور", "ar"),
        ("jeg kan ikke logge ind", "da"),
        ("kartım nerede benim, neden yok", "tr"),
        ("mujhe refund kab milega bhai, mera order nahi aaya", "hi"),
        ("আমার কার্ড কোথায়", "bn"),
        ("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "und"),
    ],
)
def test_other_languages_are_recognised(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "🙂", "PIN", "EX-409", "iban DE 12", "café menu", "12345"])
def test_what_tells_nothing_counts_as_readable(text):
    assert detect_language(text) == "en"


ENGLISH = frozenset("my card did not arrive where is the order cancel refund want".split())  # noqa: SIM905


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Rechnung herunterladen", "und"),
        ("wachtwoord vergeten", "und"),
        ("olvidé mi contraseña", "es"),
        ("where is my card", "en"),
        ("my Zalando order", "en"),
        ("what is 30 celsius in fahrenheit", "en"),
        ("add bts to my playlist", "en"),
        ("Zalando", "en"),
        ("EX-409 IBAN", "en"),
        ("my crad did nt arrive", "en"),
        ("refund Zalando Klarna want cancel", "en"),
    ],
)
def test_strange_words_alone_are_another_language(text, language):
    assert detect_language(text, ENGLISH.__contains__) == language


def test_questions_in_english_are_not_taken_for_another_language():
    file = Path(__file__).parents[2] / "vcsm" / "demo" / "banking77" / "test.csv"
    with file.open(encoding="utf-8") as stream:
        questions = [row["text"] for row in csv.DictReader(stream)]
    assert len(questions) > 3_000
    familiar = embeddings.familiar_words()
    others = [q for q in questions if detect_language(q, familiar.__contains__) != "en"]
    assert len(others) <= 5


@given(st.text(max_size=200))
def test_any_text_has_one(text):
    assert len(detect_language(text, ENGLISH.__contains__)) in (2, 3)
