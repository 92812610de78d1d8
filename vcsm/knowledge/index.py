"""The index of passages: what is put there answers as soon as it is committed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.db import transaction
from django.db.models import F
from numpy.typing import NDArray

from vcsm.core import embeddings
from vcsm.knowledge.blend import blend_passage
from vcsm.knowledge.chunk import Piece, split_article
from vcsm.knowledge.models import Article, Chunk, ChunkVector, Library


@dataclass(frozen=True)
class Shelf:
    """Some published passages of a workspace with their vectors, parallel by position."""

    articles: list[int]
    questions: list[str]
    """Title and heading: what each passage is asked about."""
    words: list[str]
    vectors: NDArray[np.float32]
    """(n, width) by the encoder that serves the workspace."""


def index_article(article: Article) -> int:
    """Reads the article at once and replaces its passages; returns how many there are now."""
    pieces = split_article(title=article.title, body=article.body)
    vectors = {
        encoder: read_pieces(encoder, article.title, pieces)
        for encoder in encoders_of(article.workspace_id)
    }
    replace_passages(article, pieces, vectors)
    return len(pieces)


def encoders_of(workspace_id: int) -> list[str]:
    """Returns the encoder that answers in the workspace, and the present one.

    While a change of model is under way each passage gets its vector by both, so that a new text is
    found before and after the switch.
    """
    library, _ = Library.objects.get_or_create(
        workspace_id=workspace_id, defaults={"encoder_id": embeddings.encoder_id()}
    )
    return list(dict.fromkeys([library.encoder_id, embeddings.encoder_id()]))


def read_pieces(
    encoder_id: str, title: str, pieces: Sequence[Piece]
) -> list[embeddings.Vector | None]:
    """Returns one vector for each piece, by the online path; None where that encoder is gone."""

    @cache
    def read(text: str) -> embeddings.Vector | None:
        reading = embeddings.read_as(encoder_id, text)
        return reading.sentence if reading else None

    return [blend_passage(title=title, piece=piece, read=read) for piece in pieces]


@transaction.atomic
def replace_passages(
    article: Article,
    pieces: Sequence[Piece],
    vectors: Mapping[str, Sequence[embeddings.Vector | None]],
) -> None:
    """Replaces the passages of an article, which answer from the commit on.

    `vectors` are by encoder, and each as long as `pieces`.
    """
    article.chunks.all().delete()
    chunks = Chunk.objects.bulk_create(
        [
            Chunk(
                article=article,
                workspace_id=article.workspace_id,
                position=position,
                heading=piece.heading,
                text=embeddings.clean_text(piece.text),
            )
            for position, piece in enumerate(pieces)
        ],
        batch_size=200,
    )
    for encoder, own in vectors.items():
        store_vectors(chunks, own, encoder)
    count_change(article.workspace_id)


def store_vectors(
    chunks: Sequence[Chunk], vectors: Sequence[embeddings.Vector | None], encoder_id: str
) -> None:
    """Stores one row per passage, or none where the vector is None because that encoder is gone."""
    ChunkVector.objects.bulk_create(
        [
            ChunkVector(
                chunk_id=chunk.pk,
                workspace_id=chunk.workspace_id,
                encoder_id=encoder_id,
                vector=vector.astype(np.float16),
            )
            for chunk, vector in zip(chunks, vectors, strict=True)
            if vector is not None
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def count_change(workspace_id: int) -> None:
    """Counts a change to the articles, so that what was learned from them is learned again."""
    Library.objects.filter(workspace_id=workspace_id).update(version=F("version") + 1)


def read_shelf(*, workspace_id: int, at_most: int) -> Shelf:
    """Returns the first passages of the workspace that the serving encoder has read."""
    rows = list(
        ChunkVector.objects.filter(
            workspace_id=workspace_id,
            encoder_id__in=Library.objects.filter(workspace_id=workspace_id).values("encoder_id"),
            chunk__article__published=True,
        )
        .select_related("chunk__article")
        .defer("chunk__article__body", "chunk__words")
        .order_by("chunk_id")[:at_most]
    )
    titles = [f"{row.chunk.article.title} {row.chunk.heading}" for row in rows]
    vectors = [np.asarray(row.vector, np.float32) for row in rows]
    return Shelf(
        articles=[row.chunk.article_id for row in rows],
        questions=titles,
        words=[f"{title} {row.chunk.text}" for title, row in zip(titles, rows, strict=True)],
        vectors=np.stack(vectors) if vectors else np.zeros((0, 0), np.float32),
    )
