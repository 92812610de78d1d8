"""Recognises that a contact asks for a human, in any wording: the one ask that is never weighed.

Written rules over normalised text find explicit asks; a few-shot model on the vector (in `tone`)
adds what rules cannot foresee. A rule alone is enough, because missing an ask costs more than a
CSM's glance at a message that was none. Refusals ("no need for a person") are no asks.
"""

import re
import unicodedata
from functools import cache

from vcsm.intent.misspelt import correct
from vcsm.intent.person_phrases import ASKS, REFUSALS, THINGS
from vcsm.intent.person_tongues import TONGUES, UNSPACED, Tongue

_MAX_CHARACTERS = 4_000

_ask = re.compile("|".join(f"(?:{pattern})" for pattern in ASKS))
_refusal = re.compile("|".join(f"(?:{pattern})" for pattern in REFUSALS))
_thing = re.compile("|".join(f"(?:{pattern})" for pattern in THINGS))
_self = re.compile(
    r"\b(?:i am|i'm|im|that i am|prove i'm|as) (?:a |an )?(?:not )?(?:a |an )?(?:real|actual|"
    r"human)\b"
)
_personal = re.compile(
    r"\b(?:give|show|pay|share|refund|notify|see|assign) (?:me|us)\b|\bto (?:my|this) (?:case|"
    r"issue|problem|request|chat)\b"
)
_CLAUSE = re.compile(r"[.!?;\n]+|,? (?:but|so|and then|then) |,")
_APOSTROPHES = {"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'"}
_LETTERS = {"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "æ": "ae", "œ": "oe", "İ": "i"}
"""Letters from which Unicode decomposition takes nothing off."""
_SIGNS = str.maketrans({**_APOSTROPHES, **_LETTERS})
_ENGLISH = frozenset(
    ("how", "the", "what", "where", "which", "another", "does", "this", "that", "with", "from",
     "and", "should", "when", "who", "an")
)  # fmt: skip
"""Two of these words make a sentence English, even if it holds words of another language too."""
_NEAR = r"(?: [^ ]+){0,6}? "
"""Gap between two words that belong together in a sentence: at most six other words."""


def wants_human(text: str) -> bool:
    """Returns whether the text asks for a person, by the written rules alone."""
    text = _normalise(text)
    if _asks_abroad(text) and not _refusal.search(_tidy(text)):
        return True
    clauses = [clause for part in _CLAUSE.split(text) if (clause := _tidy(part))]
    if any(_asks(clause) for clause in clauses):
        return True
    # "Agent, please" and "a person. now" are one ask in two clauses.
    return len(clauses) > 1 and len(clauses) < 5 and _asks(" ".join(clauses))


def refuses_human(text: str) -> bool:
    """Returns whether the text says that no person is wanted; no model may overrule that."""
    return bool(_refusal.search(_tidy(_normalise(text))))


def _asks(clause: str) -> bool:
    clause = _self.sub(" ", clause)
    if not _ask.search(clause) or _refusal.search(clause):
        return False
    thing = _thing.search(clause)
    if thing is None or _personal.search(clause):
        return True
    # "Add a user" asks for no person, "I want a human to add a user" does.
    rest = clause[: thing.start()] + " . " + clause[thing.end() :]
    return any(_ask.search(_tidy(part)) for part in rest.split(" . "))


def _asks_abroad(text: str) -> bool:
    """Returns whether a pattern of another language matches; `text` is normalised."""
    unspaced, tongues = _abroad()
    if not text.isascii() and unspaced.search(text):
        return True
    sentences = map(_tidy, re.split(r"[.!?;\n\u3002]+", text))
    foreign = [one for one in sentences if len(_ENGLISH.intersection(one.split())) < 2]
    return any(pattern.search(one) for one in foreign if one for pattern in tongues)


@cache
def _abroad() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    return (
        re.compile("|".join(map(_plain, UNSPACED))),
        tuple(re.compile(_plain(_tongue(one))) for one in TONGUES),
    )


def _tongue(one: Tongue) -> str:
    talk, people, firm, wish = (
        rf"(?<![\w'])(?:{words})(?![\w'])" for words in (one.talk, one.people, one.firm, one.wish)
    )
    return "|".join(
        [
            f"{talk}{_NEAR}(?:{people}|{firm})",
            f"(?:{people}|{firm}){_NEAR}{talk}",
            f"{wish}{_NEAR}{firm}$",
            f"{firm}{_NEAR}{wish}$",
            f"^(?:{firm})$",
            rf"(?<![\w'])(?:{one.phrases})(?![\w'])",
        ]
    )


def _normalise(text: str) -> str:
    plain = _plain(text[:_MAX_CHARACTERS]).lower()
    plain = re.sub(r"(.)\1{2,}", r"\1", plain)
    return re.sub(r"[a-z]{4,}", lambda word: correct(word[0]), plain)


def _plain(text: str) -> str:
    """Takes off accents, from patterns too, so that these can be written as their language is."""
    plain = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _tidy(clause: str) -> str:
    return " ".join(re.sub(r"[^\w\s'.-]|_", " ", clause).replace(" - ", " ").split()).strip("'-. ")
