"""Measures how sure answers would be to questions whose own article is hidden. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from vcsm.core import embeddings
from vcsm.knowledge.chunk import split_sentences
from vcsm.knowledge.rank import CANDIDATES, Candidate, Floats, rank, stems, sureness

QUESTIONS = 300
"""Questions asked, at most; a quantile needs no more."""
SENTENCE_CHARACTERS = 200
"""Characters above which a sentence is no question that anybody would type."""


def hidden_article_scores(
    *,
    articles: Sequence[int],
    questions: Sequence[str],
    words: Sequence[str],
    vectors: Floats,
    read: Callable[[str], Floats] = embeddings.encode,
) -> list[float]:
    """Returns, for headings and sentences of the articles, how sure the best other article is.

    All four sequences have one entry per passage, with no passage twice: `questions` its title and
    heading, `words` these and its text. A question gives no entry where only the hidden article is
    left. `read` gives a question's vector by the encoder of `vectors`.
    """
    owner = np.asarray(articles)
    found = []
    for question, article in _ask(articles, questions, words):
        cosines = vectors @ read(question)
        cosines[owner == article] = -1
        nearest = [int(i) for i in np.argsort(-cosines, kind="stable")[:CANDIDATES]]
        nearest = [i for i in nearest if cosines[i] > -1]
        scores = rank(question, [Candidate(words[i], float(cosines[i])) for i in nearest])
        best: dict[int, float] = {}
        for i, score in zip(nearest, scores, strict=True):
            best[int(owner[i])] = max(score, best.get(int(owner[i]), score))
        if best:
            found.append(sureness(list(best.values())))
    return found


def _ask(
    articles: Sequence[int], questions: Sequence[str], words: Sequence[str]
) -> list[tuple[str, int]]:
    """Returns (question, its article): half headings, half sentences, evenly from all articles."""
    headings: dict[str, set[int]] = defaultdict(set)
    sentences: dict[str, set[int]] = defaultdict(set)
    for article, heading, whole in zip(articles, questions, words, strict=True):
        headings[heading.strip()].add(article)
        for sentence in split_sentences(whole.removeprefix(heading)):
            if len(sentence) <= SENTENCE_CHARACTERS:
                sentences[sentence].add(article)
    return _evenly(_of_one_article(headings)) + _evenly(_of_one_article(sentences))


def _of_one_article(asked: Mapping[str, set[int]]) -> list[tuple[str, int]]:
    """Drops questions that say nothing, or that several articles hold.

    Another article would rightly answer one such as "FAQ" or "Contact us if it does not help", and
    the bar would rise above every question.
    """
    return [(one, min(owners)) for one, owners in asked.items() if len(owners) == 1 and stems(one)]


def _evenly(asked: list[tuple[str, int]]) -> list[tuple[str, int]]:
    rows = np.linspace(0, len(asked) - 1, min(len(asked), QUESTIONS // 2)).astype(int)
    return [asked[row] for row in rows]
