"""Puts articles into the index: chunked, embedded, searchable the moment it returns."""

from django.db import transaction

from vcsm.core import embeddings
from vcsm.knowledge.chunk import Piece, split_article
from vcsm.knowledge.models import Article, Chunk


def save_article(
    *, workspace_id: int, slug: str, title: str, body: str, url: str = "", published: bool = True
) -> Article:
    """Creates or replaces the article of that slug, and indexes it."""
    with transaction.atomic():
        article, _ = Article.objects.update_or_create(
            workspace_id=workspace_id,
            slug=slug,
            defaults={
                "title": embeddings.clean_text(title)[:200],
                "body": body.replace("\x00", ""),
                "url": url[:500],
                "published": published,
            },
        )
        index_article(article)
    return article


def index_article(article: Article) -> int:
    """Replaces the article's passages; returns how many there are now."""
    pieces = split_article(title=article.title, body=article.body)
    current = embeddings.encoder_id()
    vectors = [embeddings.encode(embedded_text(article.title, piece)) for piece in pieces]
    with transaction.atomic():
        article.chunks.all().delete()
        Chunk.objects.bulk_create(
            [
                Chunk(
                    article=article,
                    workspace_id=article.workspace_id,
                    position=position,
                    heading=piece.heading,
                    text=embeddings.clean_text(piece.text),
                    vector=vector,
                    encoder_id=current,
                )
                for position, (piece, vector) in enumerate(zip(pieces, vectors, strict=True))
            ],
            batch_size=200,
        )
    return len(pieces)


def reindex_stale(*, workspace_id: int, at_most: int = 50) -> int:
    """Embeds again up to `at_most` articles of another encoder; returns how many.

    Call until it returns 0: each article is committed on its own, so it can stop anywhere.
    """
    stale = (
        Article.objects.filter(workspace_id=workspace_id)
        .filter(chunks__in=Chunk.objects.exclude(encoder_id=embeddings.encoder_id()))
        .distinct()[:at_most]
    )
    return sum(1 for article in list(stale) if index_article(article) >= 0)


def embedded_text(title: str, piece: Piece) -> str:
    """What a passage's vector is made of: its place in the article tells what "it" is."""
    return "\n".join(filter(None, [title, piece.heading, piece.text]))
