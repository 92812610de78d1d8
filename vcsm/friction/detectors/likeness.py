"""Tells how alike two short texts are, in any language and without a model."""

import re
import unicodedata

MAX_LETTERS = 300

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Returns the text in lower case, single-spaced, unpunctuated, at most `MAX_LETTERS` long."""
    plain = text[: 2 * MAX_LETTERS]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    return " ".join(_WORD.findall(plain.casefold()))[:MAX_LETTERS]


def cut(folded: str) -> frozenset[str]:
    """Returns the text's three-letter pieces, with spaces around it so that beginnings count."""
    padded = f" {folded} "
    return frozenset([padded[at : at + 3] for at in range(len(padded) - 2)])


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Returns Dice's coefficient (1945) of two cut texts: 1 for equal ones, 0 for none shared."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 0.0
