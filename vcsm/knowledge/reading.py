"""Reads saved versions; one answers once all of it is read, and until then the one before does.

A short one is read while its writer waits. A long one is read by a worker, in small steps that
commit: the worker may stop or die anywhere, and the next run goes on where it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from vcsm.core import embeddings
from vcsm.core.queue import enqueue_on_commit
from vcsm.knowledge.chunk import Piece, split_article
from vcsm.knowledge.index import encoders_of, index_article, read_pieces, replace_passages
from vcsm.knowledge.models import Article, ArticleVersion, PassageAhead

TASK = "knowledge.read"
AT_ONCE = 40
"""Passages up to which a writer waits: some hundred milliseconds."""
STEP = 20
"""Passages read in one transaction: what a killed worker's successor reads again, at most."""


@dataclass(frozen=True)
class Reading:
    """How far the newest version of an article is read; it answers when `done` is `total`."""

    article_id: int
    version: int
    done: int
    total: int


def start_reading(article: Article, version: ArticleVersion) -> None:
    """Reads a short version at once, and leaves a long one to a worker.

    Call it in the transaction that saved the version, which holds the article's lock.
    """
    PassageAhead.objects.filter(version__article=article).delete()
    if version.passages > AT_ONCE:
        enqueue_on_commit(TASK)
        return
    index_article(article)
    ArticleVersion.objects.filter(pk=version.pk).update(read_at=F("at"))


def readings(*, workspace_id: int) -> dict[int, Reading]:
    """Returns how far the versions being read are, by article."""
    rows = (
        _unread()
        .filter(article__workspace_id=workspace_id)
        .annotate(done=Count("ahead__position", distinct=True))
    )
    return {
        row.article_id: Reading(row.article_id, row.number, row.done, row.passages)
        for row in rows.defer("body")
    }


def read_some(*, clock: Callable[[], datetime], until: datetime) -> bool:
    """Goes on with versions that wait, oldest first; returns whether something is left."""
    for version in list(_unread().defer("body").order_by("at", "pk")):
        if _go_on(version.pk, clock=clock, until=until):
            return True
    return False


def _unread() -> QuerySet[ArticleVersion]:
    later = ArticleVersion.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    return ArticleVersion.objects.filter(~Exists(later), read_at=None)


def _go_on(version_id: int, *, clock: Callable[[], datetime], until: datetime) -> bool:
    version = ArticleVersion.objects.get(pk=version_id)
    pieces = split_article(title=version.title, body=version.body)
    while _read_step(version, pieces):
        if clock() >= until:
            return True
    _answer_from_now(version, pieces, now=clock())
    return False


@transaction.atomic
def _read_step(version: ArticleVersion, pieces: Sequence[Piece]) -> bool:
    """Reads one step; False when there is none: all is read, or another worker is at it."""
    mine = ArticleVersion.objects.select_for_update(skip_locked=True)
    if not mine.filter(pk=version.pk, read_at=None).exists():
        return False
    left = _left(version, pieces)
    for encoder, positions in left.items():
        now = positions[:STEP]
        read = read_pieces(encoder, version.title, [pieces[position] for position in now])
        PassageAhead.objects.bulk_create(
            PassageAhead(
                version=version,
                position=position,
                encoder_id=encoder,
                vector=vector.astype(np.float16),
            )
            for position, vector in zip(now, read, strict=True)
            if vector is not None
        )
    return bool(left)


def _left(version: ArticleVersion, pieces: Sequence[Piece]) -> dict[str, list[int]]:
    """Returns positions not read yet, by encoder; an encoder that is gone has none."""
    left = {}
    for encoder in encoders_of(version.article.workspace_id):
        done = set(version.ahead.filter(encoder_id=encoder).values_list("position", flat=True))
        missing = [position for position in range(len(pieces)) if position not in done]
        if missing and embeddings.read_as(encoder, version.title) is not None:
            left[encoder] = missing
    return left


@transaction.atomic
def _answer_from_now(version: ArticleVersion, pieces: Sequence[Piece], *, now: datetime) -> None:
    """Puts what was read into the index.

    Does nothing where a later version was saved, or where some is left after all: another worker is
    at it, or a change of model has just begun.
    """
    article = Article.objects.select_for_update().get(pk=version.article_id)
    if not _unread().filter(pk=version.pk).exists() or _left(version, pieces):
        return
    vectors: dict[str, list[embeddings.Vector | None]] = {
        encoder: [None] * len(pieces) for encoder in encoders_of(article.workspace_id)
    }
    for row in version.ahead.filter(encoder_id__in=vectors):
        vectors[row.encoder_id][row.position] = np.asarray(row.vector, np.float32)
    replace_passages(article, pieces, vectors)
    version.ahead.all().delete()
    ArticleVersion.objects.filter(pk=version.pk).update(read_at=now)
