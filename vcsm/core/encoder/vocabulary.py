"""The words a model knows whole: what is among them is no misspelling."""

from vcsm.core.encoder.locate import ModelFolder

SHORTEST = 2


def read_words(model: ModelFolder) -> frozenset[str]:
    """Lower-case words of the tokeniser's vocabulary; empty for a model without such a file.

    Understands WordPiece (a word's first piece is written plain) and SentencePiece (it begins
    with "▁"); pieces that continue a word are left out.
    """
    from tokenizers import Tokenizer

    file = model.path / "tokenizer.json"
    if not file.is_file():
        return frozenset()
    pieces = Tokenizer.from_file(str(file)).get_vocab()
    begins = [piece for piece in pieces if piece.startswith("▁")]
    whole = (piece[1:] for piece in begins) if begins else iter(pieces)
    return frozenset(w.lower() for w in whole if len(w) >= SHORTEST and w.isalpha())
