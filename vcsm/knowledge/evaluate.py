"""Scores search and answers over articles in memory, by the product's own ranking and threshold."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from vcsm.core import embeddings
from vcsm.core.language import unread_language
from vcsm.core.progress import Tell
from vcsm.knowledge.library import Library, read_articles
from vcsm.knowledge.rank import CANDIDATES, Candidate, answer_threshold, rank, sureness
from vcsm.knowledge.shelf import find_articles
from vcsm.knowledge.threshold import hidden_article_scores

LIMIT = 5


def evaluate_answers(
    folder: Path, questions: Sequence[tuple[str, str]], *, tell: Tell | None = None
) -> dict[str, float]:
    """Scores search over the questions that have an article, and how often answers are right.

    An article is named as `Shelf.find_all` knows it. `wrong_among_answered` counts answers from
    another article than the right one, or where no article is right. `other_language` is the share
    of questions not answered because they, or the passage found, are in a language that is not
    read. Shares of nothing are 0. Raises ValueError where articles cannot be read, or a question's
    is not there or may be several.
    """
    shelf = find_articles(folder)
    names = shelf.find_all({article for _, article in questions if article})
    library = read_articles(shelf, tell=tell)
    threshold = _learn_threshold(library)
    places, spent, answered, wrong, unread = [], [], 0, 0, 0
    for done, (question, article) in enumerate(questions):
        if tell:
            tell("questions", done, len(questions))
        started = time.perf_counter()
        found = _search(library, question)
        spent.append((time.perf_counter() - started) * 1000)
        ranked = [library.articles[row] for row, _ in found]
        right = names.get(article)
        if right:
            places.append(ranked.index(right) if right in ranked else None)
        if unread_language(question) or unread_language(library.words[found[0][0]]):
            unread += 1
        elif sureness([score for _, score in found]) >= threshold:
            answered += 1
            wrong += ranked[0] != right
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


def _learn_threshold(library: Library) -> float:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(library.articles))}
    scores = hidden_article_scores(
        articles=[numbers[name] for name in library.articles],
        questions=library.questions,
        words=library.words,
        vectors=library.vectors,
    )
    return answer_threshold(scores)


def _search(library: Library, question: str) -> list[tuple[int, float]]:
    """Returns (passage, score), the best of each article, best first.

    This is what `search.search` does in SQL.
    """
    cosines = library.vectors @ embeddings.encode(question)
    nearest = np.argsort(-cosines, kind="stable")[:CANDIDATES]
    candidates = [Candidate(library.words[i], float(cosines[i])) for i in nearest]
    scores = rank(embeddings.clean_text(question), candidates)
    best: dict[str, tuple[int, float]] = {}
    for score, row in sorted(zip(scores, nearest, strict=True), key=lambda pair: -pair[0]):
        best.setdefault(library.articles[int(row)], (int(row), score))
    return list(best.values())


def _share(flags: Sequence[bool]) -> float:
    return float(np.mean(flags)) if flags else 0.0
