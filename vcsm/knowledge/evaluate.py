"""Scores search and answers over articles in memory, by the product's own ranking and threshold."""

import re
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from vcsm.core import embeddings
from vcsm.core.language import unread_language
from vcsm.core.written import decode_text
from vcsm.knowledge.blend import blend_passage
from vcsm.knowledge.chunk import split_article, split_front_matter
from vcsm.knowledge.rank import CANDIDATES, Candidate, Floats, answer_threshold, rank, sureness
from vcsm.knowledge.threshold import hidden_article_scores
from vcsm.knowledge.web_text import read_html

LIMIT = 5
HTML = (".html", ".htm")
ENDINGS = (".md", ".markdown", ".txt", *HTML)
_NO_NAME = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Library:
    """All passages of some articles; entries belong together by position."""

    articles: list[str]
    questions: list[str]
    words: list[str]
    vectors: Floats


def read_articles(folder: Path) -> Library:
    """Every article below the folder (Markdown, text, HTML); its title is what it says itself, its
    first heading or its name.

    Raises ValueError when there is none, or one cannot be read.
    """
    named = (file for file in folder.rglob("*") if file.suffix.lower() in ENDINGS)
    files = sorted(file for file in named if file.is_file())
    if not files:
        raise ValueError(f"{folder} holds no articles (*.md, *.txt, *.html).")
    articles, questions, words, vectors = [], [], [], []
    for file in files:
        title, body = _read_article(file)
        read = cache(embeddings.encode)
        for piece in split_article(title=title, body=body):
            vector = blend_passage(title=title, piece=piece, read=read)
            assert vector is not None
            vectors.append(vector)
            # As labels are written: some file systems write "é" as two letters.
            articles.append(unicodedata.normalize("NFC", file.relative_to(folder).as_posix()))
            questions.append(f"{title} {piece.heading}")
            words.append(f"{title} {piece.heading} {piece.text}")
    if not vectors:
        raise ValueError(f"The articles in {folder} have no text.")
    return Library(articles, questions, words, np.stack(vectors))


def _read_article(file: Path) -> tuple[str, str]:
    """(title, body)"""
    try:
        text = decode_text(file.read_bytes())
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}.") from error
    title, body = read_html(text) if file.suffix.lower() in HTML else split_front_matter(text)
    first = next((line for line in body.splitlines() if line.strip()), "")
    if not title and first.startswith("#"):
        title = first.lstrip("# ").strip()
    # A name such as `0017_reset-password` is a title but for its number.
    return title or _NO_NAME.sub(" ", file.stem).strip(), body


def evaluate_answers(library: Library, questions: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Search over the questions that have an article, and how often an answer is given rightly.

    An article is named by its file, with or without folder and ending. `wrong_among_answered`
    counts answers from another article than the right one, or where no article is right.
    `other_language` is the share of questions that are in a language that is not read, or whose
    passage is, and which therefore are not answered.
    Raises ValueError where a question names an article that is not there.
    """
    _refuse_unknown(library, {article for _, article in questions if article})
    numbers = {name: number for number, name in enumerate(dict.fromkeys(library.articles))}
    threshold = answer_threshold(
        hidden_article_scores(
            articles=[numbers[name] for name in library.articles],
            questions=library.questions,
            words=library.words,
            vectors=library.vectors,
        )
    )
    places, spent, answered, wrong, unread = [], [], 0, 0, 0
    for question, article in questions:
        started = time.perf_counter()
        found = _search(library, question)
        spent.append((time.perf_counter() - started) * 1000)
        if article:
            ranked = enumerate(library.articles[row] for row, _ in found)
            places.append(next((i for i, name in ranked if _is(name, article)), None))
        first = found[0][0]
        if unread_language(question) or unread_language(library.words[first]):
            unread += 1
        elif sureness([score for _, score in found]) >= threshold:
            answered += 1
            wrong += not (article and _is(library.articles[first], article))
    inverse = [0.0 if place is None else 1 / (place + 1) for place in places]
    p50, p95 = np.percentile(spent, [50, 95])
    return {
        "recall_at_1": _share([place == 0 for place in places]),
        "recall_at_5": _share([place is not None and place < LIMIT for place in places]),
        "mrr": float(np.mean(inverse)) if inverse else 0.0,
        "answered": answered / len(questions),
        "wrong_among_answered": wrong / answered if answered else 0.0,
        "other_language": unread / len(questions),
        "threshold": threshold,
        "ms_p50": float(p50),
        "ms_p95": float(p95),
    }


def _search(library: Library, question: str) -> list[tuple[int, float]]:
    """(passage, score) best first, the best of each article: what `search.search` does in SQL."""
    cosines = library.vectors @ embeddings.encode(question)
    nearest = np.argsort(-cosines, kind="stable")[:CANDIDATES]
    candidates = [Candidate(library.words[i], float(cosines[i])) for i in nearest]
    scores = rank(embeddings.clean_text(question), candidates)
    best: dict[str, tuple[int, float]] = {}
    for score, row in sorted(zip(scores, nearest, strict=True), key=lambda pair: -pair[0]):
        best.setdefault(library.articles[int(row)], (int(row), score))
    return list(best.values())


def _refuse_unknown(library: Library, wanted: set[str]) -> None:
    """A misspelt name would count every answer to its questions as wrong."""
    names = set(library.articles)
    unknown = sorted(one for one in wanted if not any(_is(name, one) for name in names))
    if unknown:
        some = ", ".join(unknown[:3])
        raise ValueError(f"{len(unknown)} articles of the questions are not in the folder: {some}.")


def _is(name: str, wanted: str) -> bool:
    path, wanted = Path(name), wanted.replace("\\", "/").removeprefix("./")
    return wanted in (name, path.name, path.stem, path.with_suffix("").as_posix())


def _share(flags: Sequence[bool]) -> float:
    return float(np.mean(flags)) if flags else 0.0
