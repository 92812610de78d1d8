"""Amounts in words, and which currencies there are."""

from decimal import Decimal

import pytest

from vcsm.core.money import NotACurrency, currencies, read_currency, write_money


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (1_234_567.4, "EUR", "€1,234,567"),
        (Decimal("48000.00"), "EUR", "€48,000"),
        (2.5, "EUR", "€2.50"),
        (12, "EUR", "€12"),
        (9.999, "EUR", "€10"),
        (76.64, "EUR", "€77"),
        (-48_000, "EUR", "-€48,000"),
        (-0.001, "EUR", "€0"),
        (1_234.5, "JPY", "¥1,234"),
        (2.5, "KWD", "KWD\xa02.500"),
        (48_000, "CHF", "CHF\xa048,000"),
        (48_000, "TRY", "TRY\xa048,000"),
        (48_000, "INR", "₹48,000"),
        (48_000, "BRL", "R$48,000"),
    ],
)
def test_it_works(amount: float, currency: str, words: str) -> None:
    assert write_money(amount, currency) == words


def test_what_cannot_draw_a_sign_says_the_code() -> None:
    assert write_money(-2.5, "INR", by_code=True) == "-INR\xa02.50"


def test_one_that_is_no_tender_any_more_is_still_written() -> None:
    """A workspace keeps the name it gave its amounts; only what is chosen anew must be in use."""
    assert "DEM" not in currencies()
    assert write_money(48_000, "DEM") == "DEM\xa048,000"


def test_what_is_in_use_can_be_named_in_any_case() -> None:
    assert {"EUR", "USD", "JPY", "INR", "TRY", "KWD", "XOF"} <= set(currencies())
    assert [read_currency(one) for one in (" eur", "Jpy\n")] == ["EUR", "JPY"]


@pytest.mark.parametrize("text", ["", "EURO", "€", "XTS", "DEM", "EUR;", "\x00", "E" * 10_000])
def test_what_is_none_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(NotACurrency, match="is not a currency in use") as refused:
        read_currency(text)
    assert len(str(refused.value)) < 120
