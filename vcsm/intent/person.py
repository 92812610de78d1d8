"""Recognises that a contact asks for a human, in any wording: the one ask that is never weighed.

Written rules over normalised text find every explicit ask; a few-shot model on the vector (in
`tone`) adds what rules cannot foresee. A rule alone is enough, because missing an ask costs more
than a CSM's glance at one that was none. Refusals ("no need for a person") are no asks.
"""

import re
import unicodedata

from vcsm.intent.misspelt import correct
from vcsm.intent.person_phrases import ASKS, REFUSALS, THINGS

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
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "`": "'", "\u00b4": "'"})


def wants_human(text: str) -> bool:
    """Whether the text asks for a person, by the written rules alone."""
    clauses = [clause for part in _CLAUSE.split(_normalise(text)) if (clause := _tidy(part))]
    if any(_asks(clause) for clause in clauses):
        return True
    # "Agent, please" and "a person. now" are one ask in two clauses.
    return len(clauses) > 1 and len(clauses) < 5 and _asks(" ".join(clauses))


def refuses_human(text: str) -> bool:
    """Whether the text says that no person is wanted: then no model may say otherwise."""
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


def _normalise(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[:_MAX_CHARACTERS].translate(_APOSTROPHES))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark)).lower()
    plain = re.sub(r"(.)\1{2,}", r"\1", plain)
    return re.sub(r"[a-z]{4,}", lambda word: correct(word[0]), plain)


def _tidy(clause: str) -> str:
    return " ".join(re.sub(r"[^\w\s'.-]|_", " ", clause).replace(" - ", " ").split()).strip("'-. ")
