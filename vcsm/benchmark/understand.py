"""How fast texts are understood: encoding, intent and search, measured in one process."""

import csv
import time
from collections.abc import Callable, Sequence
from importlib import resources
from typing import TypeVar

import numpy as np
from django.db import transaction

from vcsm.accounts.models import Workspace
from vcsm.core import embeddings
from vcsm.core.encoder.locate import locate_model
from vcsm.core.encoder.reference import ReferenceEncoder
from vcsm.intent.classifier import fit
from vcsm.intent.guess import Example
from vcsm.knowledge.models import Article, Chunk
from vcsm.knowledge.search import search

T = TypeVar("T")

TEXTS = 300
SHOTS = 10
QUESTIONS = 50
PER_ARTICLE = 20


def run(*, chunks: Sequence[int] = (10_000, 100_000)) -> dict[str, object]:
    """Times everything that happens to a message. Needs the database for search, and leaves it
    as it was. `chunks` are the sizes of the workspaces that are searched."""
    texts = [text for text, _ in _read("test.csv")[:TEXTS]]
    return {
        "encode": _time_encoding(texts),
        "intent": _time_intent(texts),
        "search": {str(size): _time_search(size, texts[:QUESTIONS]) for size in chunks},
    }


def _time_encoding(texts: Sequence[str]) -> dict[str, float]:
    import torch

    torch.set_num_threads(1)
    reference = ReferenceEncoder(locate_model(""))
    embeddings.encode("warm up")
    reference.encode_one("warm up")
    ours = _spend(texts, embeddings.encode)
    theirs = _spend(texts, reference.encode_one)
    started = time.perf_counter()
    embeddings.encode_many(texts)
    bulk = len(texts) / (time.perf_counter() - started)
    return {
        **_percentiles(ours, "online"),
        **_percentiles(theirs, "sentence_transformers"),
        "online_per_second": 1000 / float(np.mean(ours)),
        "sentence_transformers_per_second": 1000 / float(np.mean(theirs)),
        "bulk_per_second": bulk,
        "times_faster": float(np.mean(theirs) / np.mean(ours)),
    }


def _time_intent(texts: Sequence[str]) -> dict[str, float]:
    seen: dict[str, int] = {}
    examples = []
    for text, category in _read("train.csv"):
        seen[category] = seen.get(category, 0) + 1
        if seen[category] <= SHOTS:
            examples.append(Example(category, text, embeddings.read(text).feature))
    started = time.perf_counter()
    model = fit(examples)
    fit_seconds = time.perf_counter() - started
    features = [embeddings.read(text).feature for text in texts]
    alone = _spend(
        list(zip(features, texts, strict=True)), lambda pair: model.classify(pair[0], pair[1])
    )
    whole = _spend(texts, lambda text: model.classify(embeddings.read(text).feature, text))
    return {
        "examples": len(examples),
        "fit_seconds": fit_seconds,
        **_percentiles(alone, "predict"),
        **_percentiles(whole, "text_to_intent"),
    }


def _time_search(size: int, questions: Sequence[str]) -> dict[str, float]:
    """Product search in a workspace of that many passages, rolled back afterwards.

    The passages are real texts' vectors with noise, so that neighbours are many and near. The scan
    is exact, so its recall against exact is 1 by construction; it is counted all the same.
    """
    with transaction.atomic():
        workspace = Workspace.objects.create(slug=f"benchmark-{size}", name="Benchmark")
        _fill(workspace, size)
        for question in questions[:3]:
            search(workspace_id=workspace.pk, text=question)
        spent = _spend(questions, lambda text: search(workspace_id=workspace.pk, text=text))
        recall = float(np.mean([_recall(workspace, question) for question in questions[:10]]))
        transaction.set_rollback(True)
    return {**_percentiles(spent, "search"), "recall_at_10": recall}


def _fill(workspace: Workspace, size: int) -> None:
    texts = [text for text, _ in _read("train.csv")[:1000]]
    vectors = embeddings.encode_many(texts)
    chance = np.random.default_rng(0)
    current = embeddings.encoder_id()
    articles = Article.objects.bulk_create(
        Article(workspace=workspace, slug=f"a{number}", title=f"Article {number}", body="")
        for number in range(size // PER_ARTICLE)
    )
    for start in range(0, size, 5_000):
        rows = range(start, min(start + 5_000, size))
        noise = chance.normal(0, 0.03, (len(rows), vectors.shape[1]))
        Chunk.objects.bulk_create(
            (
                Chunk(
                    article=articles[row // PER_ARTICLE],
                    workspace=workspace,
                    position=row,
                    text=f"{texts[row % len(texts)]} {texts[row * 7 % len(texts)]}",
                    vector=vectors[row % len(texts)] + noise[row - start],
                    encoder_id=current,
                )
                for row in rows
            ),
            batch_size=1_000,
        )


def _recall(workspace: Workspace, question: str) -> float:
    """Of the ten nearest by numpy, how many the database's ten nearest are."""
    from pgvector.django import CosineDistance

    vector = embeddings.encode(question)
    rows = Chunk.objects.filter(workspace=workspace)
    found = rows.order_by(CosineDistance("vector", vector.tolist())).values_list("pk", flat=True)
    keys, vectors = zip(*rows.values_list("pk", "vector"), strict=True)
    stacked = np.stack([np.asarray(one, np.float32) for one in vectors])
    cosines = stacked @ vector / np.linalg.norm(stacked, axis=1)
    exact = {keys[int(i)] for i in np.argsort(-cosines)[:10]}
    return len(exact & set(found[:10])) / 10


def _spend(items: Sequence[T], call: Callable[[T], object]) -> list[float]:
    """Milliseconds of each call."""
    spent = []
    for item in items:
        started = time.perf_counter()
        call(item)
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def _percentiles(spent: Sequence[float], name: str) -> dict[str, float]:
    p50, p95 = np.percentile(spent, [50, 95])
    return {f"{name}_ms_p50": float(p50), f"{name}_ms_p95": float(p95)}


def _read(name: str) -> list[tuple[str, str]]:
    file = resources.files("vcsm.demo.banking77") / name
    with file.open(encoding="utf-8") as stream:
        return [(row["text"], row["category"]) for row in csv.DictReader(stream)]
