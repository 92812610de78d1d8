"""Which language a message is in, as far as a person must be found who reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vcsm.intent.language import detect_language


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
    ],
)
def test_other_languages_are_recognised(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "🙂", "PIN", "EX-409", "iban DE 12", "café menu", "12345"])
def test_what_tells_nothing_counts_as_readable(text):
    assert detect_language(text) == "en"


@given(st.text(max_size=200))
def test_any_text_has_one(text):
    assert len(detect_language(text)) == 2
