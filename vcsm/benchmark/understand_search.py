"""Search at the size of a large help centre: time, and recall against comparing every passage."""

import csv
import time
from collections.abc import Callable, Sequence
from importlib import resources
from uuid import uuid4

import numpy as np
from django.db import connection, transaction

from vcsm.accounts.models import Workspace
from vcsm.accounts.scope import in_workspace
from vcsm.core import embeddings
from vcsm.core.embeddings import Vector
from vcsm.knowledge.index import store_vectors
from vcsm.knowledge.models import Article, Chunk, ChunkVector, Library
from vcsm.knowledge.near import find_near
from vcsm.knowledge.search import search

QUESTIONS = 50
PER_ARTICLE = 20
NEIGHBOURS = 10
WORDS = 40


def time_search(size: int) -> dict[str, float]:
    """Times product search in a workspace of `size` passages, deleted afterwards.

    Passages are real texts' vectors with noise, so that neighbours are many and near, and their
    words are drawn from those texts by Zipf's law. `typing` searches every second prefix of a
    question from its third letter on, as a box does that searches while one types.
    """
    texts = _read("train.csv")[:1_000]
    questions = _read("test.csv")[:QUESTIONS]
    workspace = Workspace.objects.create(slug=f"benchmark-{uuid4().hex}", name="Benchmark")
    try:
        started = time.perf_counter()
        kept = _fill(workspace, size, texts)
        filled = time.perf_counter() - started
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE knowledge_chunk, knowledge_chunkvector")

        def find(text: str) -> object:
            return search(workspace_id=workspace.pk, text=text)

        # As workers and requests search: the planner treats tables under row-level security
        # differently.
        with in_workspace(workspace.pk):
            for question in questions[:3]:
                find(question)
            spent = _spend(questions, find)
            typed = [question[:end] for question in questions[:8] for end in range(3, 20, 2)]
            typing = _spend(typed, find)
            recall = [_recall(workspace, question, kept) for question in questions]
    finally:
        _empty(workspace)
    return {
        **_percentiles(spent, "search"),
        **_percentiles(typing, "typing"),
        "recall_at_10": float(np.mean(recall)),
        "fill_seconds": filled,
    }


def _fill(workspace: Workspace, size: int, texts: Sequence[str]) -> tuple[list[int], Vector]:
    """Makes the passages; returns their keys and their vectors (size, width), as stored."""
    known = embeddings.encode_many(texts)
    vocabulary = sorted({word for text in texts for word in text.lower().split()})
    chance = np.random.default_rng(0)
    share = 1 / np.arange(1, len(vocabulary) + 1)
    Library.objects.create(workspace=workspace, encoder_id=embeddings.encoder_id())
    articles = Article.objects.bulk_create(
        Article(workspace=workspace, slug=f"a{number}", title=f"Article {number}", body="")
        for number in range(-(-size // PER_ARTICLE))
    )
    keys: list[int] = []
    parts = []
    for start in range(0, size, 5_000):
        rows = range(start, min(start + 5_000, size))
        drawn = chance.choice(len(vocabulary), (len(rows), WORDS), p=share / share.sum())
        chunks = Chunk.objects.bulk_create(
            (
                Chunk(
                    article=articles[row // PER_ARTICLE],
                    workspace=workspace,
                    position=row,
                    text=texts[row % len(texts)] + " " + " ".join(vocabulary[i] for i in words),
                )
                for row, words in zip(rows, drawn, strict=True)
            ),
            batch_size=1_000,
        )
        noise = chance.normal(0, 0.03, (len(rows), known.shape[1]))
        near = (known[[row % len(texts) for row in rows]] + noise).astype(np.float32)
        store_vectors(chunks, list(near), embeddings.encoder_id())
        keys += [chunk.pk for chunk in chunks]
        parts.append(near.astype(np.float16).astype(np.float32))
    assert ChunkVector.objects.filter(workspace=workspace).count() == size
    return keys, np.concatenate(parts)


def _empty(workspace: Workspace) -> None:
    """Deletes without Django's collector, which would read every passage first."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("chunkvector", "chunk", "article", "library"):
            cursor.execute(
                f"DELETE FROM knowledge_{table} WHERE workspace_id = %s", (workspace.pk,)
            )
    workspace.delete()


def _recall(workspace: Workspace, question: str, kept: tuple[list[int], Vector]) -> float:
    """Returns the share of the ten nearest by numpy that the database finds too."""
    keys, vectors = kept
    vector = embeddings.encode(question)
    found = find_near(
        workspace_id=workspace.pk,
        encoder_id=embeddings.encoder_id(),
        vector=vector,
        limit=NEIGHBOURS,
    )
    cosines = vectors @ vector / np.linalg.norm(vectors, axis=1)
    exact = {keys[int(i)] for i in np.argsort(-cosines)[:NEIGHBOURS]}
    return len(exact & {one.chunk_id for one in found}) / NEIGHBOURS


def _spend(texts: Sequence[str], call: Callable[[str], object]) -> list[float]:
    """Returns the milliseconds of each call, with no earlier text remembered."""
    spent = []
    for text in texts:
        embeddings.forget()
        started = time.perf_counter()
        call(text)
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def _percentiles(spent: Sequence[float], name: str) -> dict[str, float]:
    p50, p95 = np.percentile(spent, [50, 95])
    return {f"{name}_ms_p50": float(p50), f"{name}_ms_p95": float(p95)}


def _read(name: str) -> list[str]:
    file = resources.files("vcsm.demo.banking77") / name
    with file.open(encoding="utf-8") as stream:
        return [row["text"] for row in csv.DictReader(stream)]
