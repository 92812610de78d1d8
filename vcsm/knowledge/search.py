"""Finds passages of a workspace's articles in PostgreSQL, by vector and by words together."""

import re

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet
from pgvector.django import CosineDistance

from vcsm.core import embeddings
from vcsm.knowledge.models import Chunk
from vcsm.knowledge.passage import Passage
from vcsm.knowledge.rank import CANDIDATES, Candidate, rank

MOST_WORDS = 32
_WORD = re.compile(r"[^\W_]+")


def search(
    *, workspace_id: int, text: str, limit: int = 5, page: str | None = None
) -> list[Passage]:
    """The best passages of published articles, best first, at most one per article.

    `page` is the path where the contact is; its words break near ties. Vectors of another encoder
    than the present one are not compared; their passages are still found by words.
    """
    text = embeddings.clean_text(text)
    if not text:
        return []
    found = _find(workspace_id, text)
    candidates = [Candidate(_words_of(chunk), cosine) for chunk, cosine in found]
    scores = rank(text, candidates, page=page or "")
    ordered = sorted(zip(scores, found, strict=True), key=lambda pair: (-pair[0], pair[1][0].pk))
    best: dict[int, Passage] = {}
    for score, (chunk, _) in ordered:
        best.setdefault(chunk.article_id, _passage(chunk, score))
    return list(best.values())[:limit]


def _find(workspace_id: int, text: str) -> list[tuple[Chunk, float]]:
    """Candidates with their cosine to the question."""
    vector = embeddings.encode(text)
    chunks: QuerySet[Chunk] = (
        Chunk.objects.filter(workspace_id=workspace_id, article__published=True)
        .select_related("article")
        .defer("vector", "article__body")
    )
    # By workspace and exactly: with thousands of passages that is a few milliseconds, while an
    # HNSW index under a narrow filter loses most of its recall.
    comparable = chunks.filter(encoder_id=embeddings.encoder_id()).annotate(
        distance=CosineDistance("vector", vector.tolist())
    )
    nearest = comparable.order_by("distance", "pk")[:CANDIDATES]
    near: list[tuple[Chunk, float]] = [(chunk, 1 - float(chunk.distance)) for chunk in nearest]
    seen = {chunk.pk for chunk, _ in near}
    query = _any_word(text)
    if query is None:
        return near
    by_words = (
        chunks.filter(words=query)
        .exclude(pk__in=seen)
        .annotate(strength=SearchRank(F("words"), query))
        .order_by("-strength", "pk")
    )
    # Not among the nearest: at most as near as the last of those.
    floor = near[-1][1] if near else 0.0
    return [*near, *((chunk, floor) for chunk in by_words[:CANDIDATES])]


def _any_word(text: str) -> SearchQuery | None:
    words = list(dict.fromkeys(_WORD.findall(text.lower())))[:MOST_WORDS]
    if not words:
        return None
    quoted = " | ".join(f"'{word}'" for word in words)
    return SearchQuery(quoted, search_type="raw", config="english")


def _words_of(chunk: Chunk) -> str:
    return f"{chunk.article.title} {chunk.heading} {chunk.text}"


def _passage(chunk: Chunk, score: float) -> Passage:
    article = chunk.article
    return Passage(
        article_id=article.pk,
        chunk_id=chunk.pk,
        title=article.title,
        url=article.url,
        heading=chunk.heading,
        text=chunk.text,
        score=score,
    )
