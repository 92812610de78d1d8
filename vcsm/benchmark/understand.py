"""How fast texts are understood: encoding, intent and search, measured in one process."""

import csv
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from importlib import resources
from typing import TypeVar

import numpy as np

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.understand_search import time_search
from vcsm.core import embeddings
from vcsm.core.encoder.locate import locate_model
from vcsm.core.encoder.reference import ReferenceEncoder
from vcsm.intent.classifier import fit
from vcsm.intent.guess import Example
from vcsm.intent.plain import strip_pleasantries

T = TypeVar("T")

TEXTS = 300
SHOTS = (10, 20)
"""Examples per intent: 770 and 1,540 in all."""
CHUNKS = (10_000, 100_000)


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--chunks",
        type=at_least(1),
        nargs="*",
        default=CHUNKS,
        help="sizes of the workspaces searched",
    )


def run(*, chunks: Sequence[int] = CHUNKS) -> dict[str, object]:
    """Times everything that happens to a message. `chunks` are the sizes of the workspaces
    searched.

    Search needs the database, and leaves it as it was.
    """
    texts = [text for text, _ in _read("test.csv")[:TEXTS]]
    return {
        "encode": _time_encoding(texts),
        "intent": {str(shots): _time_intent(texts, shots) for shots in SHOTS},
        "search": {str(size): time_search(size) for size in chunks},
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


def _time_intent(texts: Sequence[str], shots: int) -> dict[str, float]:
    """Times from the message as it was written to its intent; `predict` excludes the encoding."""
    seen: dict[str, int] = {}
    examples = []
    for text, category in _read("train.csv"):
        seen[category] = seen.get(category, 0) + 1
        if seen[category] <= shots:
            feature = embeddings.read(strip_pleasantries(text)).feature
            examples.append(Example(category, text, feature))
    familiar = embeddings.familiar_words()
    started = time.perf_counter()
    model = fit(examples, familiar=familiar)
    fit_seconds = time.perf_counter() - started
    plain = [model.plain(text) for text in texts]
    read = [(embeddings.read(text).feature, text) for text in plain]
    alone = _spend(read, lambda pair: model.classify(*pair))

    def understand(text: str) -> object:
        spelt = model.plain(text)
        return model.classify(embeddings.read(spelt).feature, spelt)

    return {
        "examples": len(examples),
        "fit_seconds": fit_seconds,
        **_percentiles(alone, "predict"),
        **_percentiles(_spend(texts, understand), "text_to_intent"),
    }


def _spend(items: Sequence[T], call: Callable[[T], object]) -> list[float]:
    """Returns the milliseconds of each call, with no earlier text remembered."""
    spent = []
    for item in items:
        embeddings.forget()
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
