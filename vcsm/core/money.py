"""Amounts of money as English text writes them, and the currencies there are (ISO 4217).

Symbols, digits and the list are CLDR's, by way of Babel. Nothing here converts: there are no rates.
"""

from decimal import Decimal
from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_precision, get_currency_symbol, get_territory_currencies

WHOLE_FROM = 10
"""Amount from which decimals are left out, as nobody reads them."""


class NotACurrency(ValueError):
    """Raised for a text that names no currency in use; the message says how to write one."""


@cache
def currencies() -> tuple[str, ...]:
    """Returns the codes of all currencies that are legal tender somewhere today, in order."""
    places = get_global("territory_currencies")
    return tuple(sorted({code for place in places for code in get_territory_currencies(place)}))


def read_currency(text: str) -> str:
    """Returns the code in upper case. Raises NotACurrency."""
    code = text.strip().upper()
    if code not in currencies():
        raise NotACurrency(
            f"{text[:20]!r} is not a currency in use; write a code such as EUR or JPY."
        )
    return code


def write_money(amount: float | Decimal, currency: str, *, by_code: bool = False) -> str:
    """Writes an amount: `€1,234,567`, `€2.50`, `-¥48`, `CHF 1,200`.

    A currency whose symbol English text does not know is written by its code; with `by_code` every
    one is, for output that cannot draw symbols. The space between letters and number never breaks.
    """
    digits = get_currency_precision(currency)
    rounded = round(Decimal(amount), digits)
    whole = abs(rounded) >= WHOLE_FROM or rounded == int(rounded)
    symbol = currency if by_code else get_currency_symbol(currency, locale="en")
    space = "\xa0" if symbol[-1].isalpha() else ""
    sign = "-" if rounded < 0 else ""
    return f"{sign}{symbol}{space}{abs(rounded):,.{0 if whole else digits}f}"
