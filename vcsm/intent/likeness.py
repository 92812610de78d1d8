"""How similar a text is to the examples: in meaning and, a little, in wording."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from vcsm.intent.guess import Floats, Labels, as_floats
from vcsm.intent.wording import WordIndex

WORD_WEIGHT = 0.1
TABLE_UP_TO = 3_000
"""Number of examples up to which all their cosines are held as one table while a model is fitted:
36 MB."""


@dataclass(frozen=True)
class Likeness:
    features: Floats
    """(n, width) rows of length 1."""
    texts: Sequence[str]
    anchors: Labels
    """Rows of the examples that `alike` compares texts with: all of them, or the landmarks."""
    by_wording: bool = True

    def alike(self, similar: Floats, text: str) -> Floats:
        """Returns (anchors,) likeness of a text, from its cosines (n,) to the examples."""
        like = as_floats(np.exp(2 * similar[self.anchors] - 2))
        return like + WORD_WEIGHT * self._words.compare(text) if self.by_wording else like

    def alike_rows(self, rows: Labels) -> Floats:
        """Returns (rows, anchors) likeness of examples; 1 + WORD_WEIGHT with themselves."""
        like = as_floats(np.exp(2 * self.similar_rows(rows)[:, self.anchors] - 2))
        if self.by_wording:
            like += WORD_WEIGHT * self._words.compare_many([self.texts[row] for row in rows])
        return like

    def similar_rows(self, rows: Labels) -> Floats:
        """Returns (rows, n) cosines of examples with all; the caller may write into the array."""
        held, table = self._held
        places = np.searchsorted(held, rows)
        if len(held) and places.max(initial=0) < len(held) and (held[places] == rows).all():
            return table[places]
        return as_floats(self.features[rows] @ self.features.T)

    def hold(self, rows: Labels) -> None:
        """Keeps these examples' cosines until `let_go`.

        One large product costs a tenth of many small ones. Up to TABLE_UP_TO examples all cosines
        are kept anyway.
        """
        if len(self.features) > TABLE_UP_TO:
            held = np.unique(rows)
            self.__dict__["_held"] = held, as_floats(self.features[held] @ self.features.T)

    def let_go(self) -> None:
        """Frees the cosines, which only fitting needs."""
        self.__dict__.pop("_held", None)

    @cached_property
    def _held(self) -> tuple[Labels, Floats]:
        """Returns (rows in order, their cosines with all examples)."""
        if len(self.features) > TABLE_UP_TO:
            return np.zeros(0, np.intp), np.zeros((0, 0), np.float32)
        return np.arange(len(self.features)), as_floats(self.features @ self.features.T)

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(self.texts, self.anchors)
