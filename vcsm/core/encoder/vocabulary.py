"""What a model's vocabulary tells of a language: its words, and how frequent each token is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vcsm.core.encoder.locate import ModelFolder

SHORTEST = 2


def read_words(model: ModelFolder) -> frozenset[str]:
    """Returns lower-case words of the tokeniser's vocabulary; none for a model without such a file.

    Understands WordPiece (a word's first piece is written plain) and SentencePiece (it begins with
    "▁"); pieces that continue a word are left out.
    """
    from tokenizers import Tokenizer

    file = model.path / "tokenizer.json"
    if not file.is_file():
        return frozenset()
    pieces = Tokenizer.from_file(str(file)).get_vocab()
    begins = [piece for piece in pieces if piece.startswith("▁")]
    whole = (piece[1:] for piece in begins) if begins else iter(pieces)
    return frozenset(w.lower() for w in whole if len(w) >= SHORTEST and w.isalpha())


@dataclass(frozen=True)
class TokenShares:
    of_each: NDArray[np.float64]
    """(vocabulary,) each token's share of the tokens of a text."""
    words: NDArray[np.intp]
    """Tokens that are words."""
    special: NDArray[np.intp]
    """Marks such as [CLS]."""


def token_shares(model: ModelFolder) -> TokenShares:
    """Estimates how frequent each token is, without a corpus.

    Vocabularies are in order of frequency, so by Zipf's law a token's place gives its share.
    """
    from tokenizers import Tokenizer

    vocabulary = Tokenizer.from_file(str(model.path / "tokenizer.json")).get_vocab()
    size = max(int(model.config["vocab_size"]), max(vocabulary.values()) + 1)
    words = sorted(i for token, i in vocabulary.items() if len(token) > 1 and token.isalpha())
    special = sorted(i for token, i in vocabulary.items() if _is_mark(token))
    first = words[0] if words else 0
    rank = np.maximum(np.arange(size) - first + 1, 1)
    shares = 1 / (rank * np.log(max(size - first, 3)))
    return TokenShares(shares, np.array(words, np.intp), np.array(special, np.intp))


def _is_mark(token: str) -> bool:
    return token[0] in "[<" and token[-1] in "]>" and len(token) > 2
