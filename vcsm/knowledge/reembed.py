"""Changes the encoder: passages get vectors of the new one while those of the old one answer."""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from vcsm.core import embeddings
from vcsm.knowledge.blend import blend_passage
from vcsm.knowledge.chunk import Piece
from vcsm.knowledge.index import count_change, store_vectors
from vcsm.knowledge.models import Chunk, ChunkVector, Library
from vcsm.knowledge.near import ensure_index


def stale_workspaces() -> list[int]:
    """Returns workspaces in which the present encoder does not answer yet."""
    rows = Library.objects.exclude(encoder_id=embeddings.encoder_id())
    return list(rows.order_by("pk").values_list("pk", flat=True))


def count_passages(workspace_id: int) -> tuple[int, int]:
    """Returns (passages read by the present encoder, all passages)."""
    total = Chunk.objects.filter(workspace_id=workspace_id).count()
    return total - _unread(workspace_id).count(), total


def reembed_passages(*, workspace_id: int, at_most: int = 200) -> int:
    """Gives up to `at_most` passages a vector of the present encoder; returns how many.

    Call until it returns 0. Each call commits its work, so it can be stopped and resumed anywhere.
    The last call makes the present encoder the one that answers and drops the former vectors.
    """
    chunks = list(
        _unread(workspace_id)
        .select_related("article")
        .defer("words", "article__body")
        .order_by("pk")[:at_most]
    )
    if not chunks:
        _switch(workspace_id)
        return 0
    # One at a time by the online path, by which questions are read too.
    vectors = [
        blend_passage(
            title=chunk.article.title,
            piece=Piece(chunk.heading, chunk.text),
            read=embeddings.encode,
        )
        for chunk in chunks
    ]
    store_vectors(chunks, vectors, embeddings.encoder_id())
    return len(chunks)


def _unread(workspace_id: int) -> QuerySet[Chunk]:
    mine = ChunkVector.objects.filter(chunk=OuterRef("pk"), encoder_id=embeddings.encoder_id())
    return Chunk.objects.filter(~Exists(mine), workspace_id=workspace_id)


def _switch(workspace_id: int) -> None:
    present = embeddings.encoder_id()
    ensure_index(embeddings.encoder_width())
    with transaction.atomic():
        library = Library.objects.select_for_update().get(pk=workspace_id)
        if library.encoder_id == present or _unread(workspace_id).exists():
            return
        library.encoder_id = present
        library.save(update_fields=["encoder_id"])
        count_change(workspace_id)
    ChunkVector.objects.filter(workspace_id=workspace_id).exclude(encoder_id=present).delete()
