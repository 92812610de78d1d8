"""Finds passages of a workspace's articles in PostgreSQL, by vector and by words together.

Both lists are fused by reciprocal rank (Cormack et al. 2009), and `rank` orders the best of the
fusion by a score that can be compared with a threshold.
"""

from collections.abc import Sequence

from pgvector import HalfVector
from pgvector.django import CosineDistance

from vcsm.core import embeddings
from vcsm.knowledge.models import Chunk, ChunkVector, Library
from vcsm.knowledge.near import find_near
from vcsm.knowledge.passage import Passage
from vcsm.knowledge.rank import CANDIDATES, Candidate, rank
from vcsm.knowledge.wording import find_by_words

FUSE = 60
"""Constant of reciprocal-rank fusion: how much the first places count before the others."""
RANKED = 60
"""Passages of the fusion that are read and ordered."""


def search(
    *, workspace_id: int, text: str, limit: int = 5, page: str | None = None
) -> list[Passage]:
    """Returns the best passages of published articles, best first, at most one per article.

    `page` is the path where the contact is; its words break near ties. Passages are compared by the
    encoder of the workspace's vectors; where that is gone, they are found by words.
    """
    text = embeddings.clean_text(text)
    if not text:
        return []
    cosines = find_candidates(workspace_id=workspace_id, text=text)
    chunks = {
        chunk.pk: chunk
        for chunk in Chunk.objects.filter(pk__in=cosines)
        .select_related("article")
        .defer("words", "article__body")
    }
    found = [(chunks[pk], cosine) for pk, cosine in cosines.items() if pk in chunks]
    scores = rank(text, [Candidate(_words_of(c), cosine) for c, cosine in found], page=page or "")
    ordered = sorted(zip(scores, found, strict=True), key=lambda pair: (-pair[0], pair[1][0].pk))
    best: dict[int, Passage] = {}
    for score, (chunk, _) in ordered:
        best.setdefault(chunk.article_id, _passage(chunk, score))
    return list(best.values())[:limit]


def find_candidates(*, workspace_id: int, text: str) -> dict[int, float]:
    """Returns passage → cosine to the text, best of the fusion first.

    `text` is cleaned and not empty. The cosine is 0 where a passage has no vector.
    """
    encoder = serving_encoder(workspace_id)
    reading = embeddings.read_as(encoder, text)
    worded = find_by_words(workspace_id=workspace_id, text=text, limit=CANDIDATES)
    if reading is None:
        return dict.fromkeys(worded, 0.0)
    near = find_near(
        workspace_id=workspace_id, encoder_id=encoder, vector=reading.sentence, limit=CANDIDATES
    )
    cosines = {one.chunk_id: one.cosine for one in near}
    cosines |= _cosines([pk for pk in worded if pk not in cosines], encoder, reading.sentence)
    return {pk: cosines.get(pk, 0.0) for pk in fuse([list(cosines)[: len(near)], worded])[:RANKED]}


def fuse(lists: Sequence[Sequence[int]]) -> list[int]:
    """Fuses lists by reciprocal rank: each gives 1 / (FUSE + place) to what it holds."""
    points: dict[int, float] = {}
    for ranked in lists:
        for place, item in enumerate(ranked, start=1):
            points[item] = points.get(item, 0.0) + 1 / (FUSE + place)
    return sorted(points, key=lambda item: (-points[item], item))


def serving_encoder(workspace_id: int) -> str:
    """Returns the id of the encoder whose vectors answer in the workspace now."""
    serving = (
        Library.objects.filter(workspace_id=workspace_id)
        .values_list("encoder_id", flat=True)
        .first()
    )
    return serving or embeddings.encoder_id()


def _cosines(chunk_ids: list[int], encoder: str, vector: embeddings.Vector) -> dict[int, float]:
    rows = ChunkVector.objects.filter(chunk_id__in=chunk_ids, encoder_id=encoder).annotate(
        distance=CosineDistance("vector", HalfVector(vector.tolist()))
    )
    return {pk: 1 - distance for pk, distance in rows.values_list("chunk_id", "distance")}


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
