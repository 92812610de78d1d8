"""How well articles score on questions that only another, hidden article answers. Pure."""

from collections.abc import Sequence

import numpy as np

from vcsm.core import embeddings
from vcsm.knowledge.rank import CANDIDATES, Candidate, Floats, rank


def hidden_article_scores(
    *, articles: Sequence[int], questions: Sequence[str], words: Sequence[str], vectors: Floats
) -> list[float]:
    """For each passage, the best score of its own title and heading among all other articles.

    All four are one entry per passage. At most one question per article and heading, 300 in all:
    a quantile needs no more.
    """
    owner = np.asarray(articles)
    asked: dict[tuple[int, str], int] = {}
    for row, question in enumerate(questions):
        asked.setdefault((articles[row], question), row)
    rows = list(asked.values())
    rows = [rows[i] for i in np.linspace(0, len(rows) - 1, min(len(rows), 300)).astype(int)]
    scores = []
    for row in rows:
        cosines = vectors @ embeddings.encode(questions[row])
        cosines[owner == owner[row]] = -1
        nearest = [int(i) for i in np.argsort(-cosines, kind="stable")[:CANDIDATES]]
        candidates = [Candidate(words[i], float(cosines[i])) for i in nearest if cosines[i] > -1]
        if candidates:
            scores.append(max(rank(questions[row], candidates)))
    return scores
