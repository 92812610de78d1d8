"""Likeness of wording: cosine of tf-idf over words and word pairs, by an inverted index.

It adds what a sentence vector blurs: names of features, error codes, product words.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from vcsm.intent.guess import Floats, Labels

MAX_CHARACTERS = 2_000
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def split_grams(text: str) -> list[str]:
    """Returns the lower-case words of any script and their neighbouring pairs."""
    words = _WORD.findall(text[:MAX_CHARACTERS].lower())
    return words + [f"{first} {second}" for first, second in zip(words, words[1:], strict=False)]


class WordIndex:
    """The examples' texts, indexed for comparison with another text."""

    def __init__(self, texts: Sequence[str], among: Labels) -> None:
        """Counts word rarity in all `texts`, but compares only with the rows in `among`."""
        counted = [Counter(split_grams(text)) for text in texts]
        spread = Counter(gram for counts in counted for gram in counts)
        self.size = len(among)
        self._idf = {
            gram: math.log((1 + len(texts)) / (1 + rows)) + 1 for gram, rows in spread.items()
        }
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, row in enumerate(among):
            for gram, weight in self._weigh(counted[row]).items():
                postings[gram].append((place, weight))
        self._rows = {g: np.array([r for r, _ in p], np.intp) for g, p in postings.items()}
        self._values = {g: np.array([v for _, v in p], np.float32) for g, p in postings.items()}

    def compare(self, text: str) -> Floats:
        """Returns (among,) cosines of the text with each indexed text; 0 if no word is shared."""
        likeness = np.zeros(self.size, np.float32)
        for gram, weight in self._weigh(Counter(split_grams(text))).items():
            if (rows := self._rows.get(gram)) is not None:
                likeness[rows] += weight * self._values[gram]
        return likeness

    def compare_many(self, texts: Sequence[str]) -> Floats:
        """Returns (texts, among) cosines."""
        likeness = np.zeros((len(texts), self.size), np.float32)
        for place, text in enumerate(texts):
            likeness[place] = self.compare(text)
        return likeness

    def _weigh(self, counts: Counter[str]) -> dict[str, float]:
        weights = {
            gram: (1 + math.log(count)) * self._idf[gram]
            for gram, count in counts.items()
            if gram in self._idf
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {gram: weight / length for gram, weight in weights.items()}
