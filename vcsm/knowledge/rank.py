"""Orders candidate passages for a question, and says from which score one is an answer. Pure.

The score is the cosine of question and passage plus a share of the question's telling words that
the passage has: vectors find other wordings, words find names and codes. Which words tell is
counted among the candidates, so the same code ranks ten passages and a hundred thousand. How sure
an answer is follows from the best score and its lead over the next article's.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WORDS_SHARE = 0.2
LEAD_SHARE = 0.5
"""Weight in sureness of the lead over the next article: where two articles fit nearly alike, the
first is often the wrong one."""
CANDIDATES = 40
"""Passages taken from each of the two searches."""

USUAL_THRESHOLD = 0.66
"""Sureness from which a passage by all-MiniLM-L6-v2 tends to answer; used until there are
articles."""
USUAL_WEIGHT = 20.0
"""Weight of the usual threshold, as a number of the workspace's own questions."""
ANSWERED_WRONGLY = 0.20
"""Share of questions about a missing article that may still be answered from another. These are
made of the articles' own words; of what people ask without an article, fewer come this near."""

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "e", "y")
_IDLE = frozenset(
    """
    a an and any are as at be been but by can could did do does for from get got had has have how
    i if in into is it its just me my no not of on or our please should so some that the their
    them then there this to up us was we were what when where which who why will with would you
    your
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Candidate:
    words: str
    """Title, heading and text."""
    cosine: float


def rank(question: str, candidates: Sequence[Candidate], *, page: str = "") -> list[float]:
    """Returns a score for each candidate, in the order given. Words of the page break near ties."""
    asked, here = stems(question), stems(page)
    held = [stems(candidate.words) for candidate in candidates]
    spread = Counter(stem for own in held for stem in own)
    telling = {s: math.log(1 + (len(held) + 1) / (spread[s] + 0.5)) for s in asked | here}
    return [
        candidate.cosine
        + WORDS_SHARE * _share(asked, own, telling)
        + 0.05 * _share(here, own, telling)
        for candidate, own in zip(candidates, held, strict=True)
    ]


@lru_cache(8_192)
def stems(text: str) -> frozenset[str]:
    """Returns words without idle ones and common English endings; other scripts as they are."""
    words = (word for word in _WORD.findall(text[:5_000].lower()) if word not in _IDLE)
    return frozenset(_stem(word) for word in words)


def sureness(scores: Sequence[float]) -> float:
    """Returns how sure the best of some articles is the answer, from scores in any order."""
    best, *others = sorted(scores, reverse=True)
    return best + LEAD_SHARE * (best - others[0]) if others else best


def answer_threshold(best_elsewhere: Sequence[float]) -> float:
    """Returns the sureness from which a passage counts as an answer.

    `best_elsewhere` are those of questions whose own article was hidden, where "I do not know" is
    right. The threshold is their upper end, drawn to the usual one while they are few.
    """
    if not len(best_elsewhere):
        return USUAL_THRESHOLD
    own = float(np.quantile(np.asarray(best_elsewhere), 1 - ANSWERED_WRONGLY))
    count = len(best_elsewhere)
    return (count * own + USUAL_WEIGHT * USUAL_THRESHOLD) / (count + USUAL_WEIGHT)


def _share(wanted: frozenset[str], held: frozenset[str], telling: dict[str, float]) -> float:
    total = sum(telling[stem] for stem in wanted)
    return sum(telling[stem] for stem in wanted & held) / total if total else 0.0


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
