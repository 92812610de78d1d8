"""Matters that always go to a human: safety, security, law, disputed bills, outages. Pure.

They are found by written patterns over plain lower-case text: rules that anybody can read and no
model can outvote. `matter_model` adds what no pattern foresees; its `matter_in` asks both.
"""

import re
import unicodedata

from vcsm.escalation import matter_patterns, matter_tongues
from vcsm.escalation.how_to import asks_how
from vcsm.intent.misspelt import correct

MOST = 4_000
"""How many characters of a text are read."""

PATTERNS: dict[str, tuple[str, ...]] = {
    "safety": (*matter_patterns.SAFETY, *matter_tongues.SAFETY),
    "security": (*matter_patterns.SECURITY, *matter_tongues.SECURITY),
    "legal": (*matter_patterns.LEGAL, *matter_tongues.LEGAL),
    "billing dispute": (*matter_patterns.BILLING, *matter_tongues.BILLING),
    "outage": (*matter_patterns.OUTAGE, *matter_tongues.OUTAGE),
}
"""Matter → patterns, in order of precedence: the first matter with a match is taken."""

ALWAYS = frozenset({"safety"})
"""Matters that count even in a how-to question."""

_LETTERS = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'", "ł": "l", "ß": "ss", "ø": "o", "ı": "i"}
)


def without_marks(text: str) -> str:
    """Removes accents. Patterns need it too: kana and Cyrillic letters lose marks as well."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return unicodedata.normalize("NFC", plain)


_COMPILED = {matter: re.compile(without_marks("|".join(ways))) for matter, ways in PATTERNS.items()}


def matter_of(text: str) -> str:
    """Returns a key of `PATTERNS`, or "". Words are read as written and with spelling corrected."""
    words = plain_words(text)
    meant = [correct(word) for word in words]
    for said in (words, meant) if meant != words else (words,):
        line = " ".join(said)
        for matter, pattern in _COMPILED.items():
            if pattern.search(line) and (matter in ALWAYS or not asks_how(line)):
                return matter
    return ""


def plain_words(text: str) -> list[str]:
    """Returns words in lower case, without accents and without signs other than ' and -."""
    plain = without_marks(text[:MOST].lower())
    return re.sub(r"[^\w'-]", " ", plain).split()
