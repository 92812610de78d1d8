"""Reads articles from files into passages in memory."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from vcsm.core import embeddings
from vcsm.core.progress import Tell
from vcsm.core.written import decode_text
from vcsm.knowledge.blend import blend_passage
from vcsm.knowledge.chunk import split_article, split_front_matter
from vcsm.knowledge.rank import Floats
from vcsm.knowledge.shelf import HTML, Shelf
from vcsm.knowledge.web_text import read_html

_NO_NAME = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Library:
    """All passages of some articles, parallel by position. An article without text has none."""

    articles: list[str]
    """Names, as in `Shelf.files`."""
    questions: list[str]
    words: list[str]
    vectors: Floats


def read_articles(shelf: Shelf, *, tell: Tell | None = None) -> Library:
    """Reads all articles of a shelf.

    An article's title is the one it states, its first heading, or its file's name where no other
    has that. Raises ValueError when one cannot be read, or none has text.
    """
    articles, questions, words, vectors = [], [], [], []
    names = Counter(_spell_out(file) for file in shelf.files.values())
    for done, (article, file) in enumerate(shelf.files.items()):
        if tell:
            tell("articles", done, len(shelf.files))
        title, body = _read_article(file)
        if not title and names[_spell_out(file)] == 1:
            title = _spell_out(file)
        read = cache(embeddings.encode)
        for piece in split_article(title=title, body=body):
            vector = blend_passage(title=title, piece=piece, read=read)
            assert vector is not None
            vectors.append(vector)
            place = f"{title} {piece.heading}".strip()
            articles.append(article)
            questions.append(place)
            words.append(f"{place} {piece.text}".strip())
    if not vectors:
        raise ValueError(f"The articles in {shelf.folder} have no text.")
    return Library(articles, questions, words, np.stack(vectors))


def _read_article(file: Path) -> tuple[str, str]:
    """Returns (title, body); the title may be empty."""
    try:
        text = decode_text(file.read_bytes())
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}.") from error
    title, body = read_html(text) if file.suffix.lower() in HTML else split_front_matter(text)
    first = next((line for line in body.splitlines() if line.strip()), "")
    if not title and first.startswith("#"):
        title = first.lstrip("# ").strip()
    return title, body


def _spell_out(file: Path) -> str:
    """Returns a file's name as words: `0017_reset-password` → "reset password".

    In many folders the names, such as `faq_001`, all come out alike, and so tell nothing.
    """
    return _NO_NAME.sub(" ", file.stem).strip()
