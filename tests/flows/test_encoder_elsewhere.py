"""A web process holds no encoder: a worker reads for it, and its absence is told."""

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.stack import Stack
from vcsm.core import ask, embeddings
from vcsm.core.ask import NobodyAnswered
from vcsm.core.encoder import elsewhere
from vcsm.core.queue import enqueue


def test_it_works(stack: Stack) -> None:
    told, own = elsewhere.read("How do I export a report?"), embeddings.read("How do I export it?")
    same = embeddings.read("How do I export a report?")
    assert told.sentence @ same.sentence == pytest.approx(1, abs=1e-5)
    assert told.feature @ same.feature == pytest.approx(1, abs=1e-5)
    assert told.sentence @ own.sentence < 0.999
    sentences, features = elsewhere.read_many(["one", "two \x00 with what nobody can store"])
    assert (sentences.shape, features.shape) == ((2, 384), (2, 1536))
    assert elsewhere.read_many([])[0].shape == (0, 384)


def test_an_encoder_that_nobody_has_reads_nothing(stack: Stack) -> None:
    assert elsewhere.read_as("another:123.1", "hello") is None
    assert elsewhere.read_as(embeddings.encoder_id(), "hello") is not None


def test_the_web_process_has_loaded_no_encoder(stack: Stack) -> None:
    maps = Path(f"/proc/{stack.children['web'].process.pid}/maps").read_text()
    assert "onnxruntime" not in maps
    assert "libtorch" not in maps


def test_without_a_worker_one_sentence_says_so(settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(elsewhere, "SECONDS", 0.2)
    monkeypatch.setattr(ask, "enqueue", partial(enqueue, queue="nobody-listens-here"))
    with pytest.raises(NobodyAnswered, match="urgent"):
        elsewhere.read("hello")
    assert np.isfinite(embeddings.read("hello").sentence).all()
