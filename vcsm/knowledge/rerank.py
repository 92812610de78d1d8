"""Has a cross-encoder order the passages found, where `VCSM_RERANKER` names one.

It reads question and passage together, and changes the order alone: the scores of `rank` are given
out anew in that order. They tell whether the best passage is sure enough to be an answer, as
thresholds are learned from them.
"""

import importlib
import logging
import os
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from django.conf import settings

from vcsm.knowledge.passage import Passage

log = logging.getLogger(__name__)

READ = 10
"""Articles whose best passages are read with the question."""
LONGEST = 2_000
"""Characters read of each question and passage."""


def is_configured() -> bool:
    """Returns whether to rerank; never in a web process, which loads no model."""
    return bool(settings.VCSM_RERANKER) and settings.VCSM_ENCODER_HERE


def rerank(question: str, passages: list[Passage]) -> list[Passage]:
    """Returns the same passages and the same scores, in the cross-encoder's order.

    They stay as they were where it cannot be loaded or fails.
    """
    if len(passages) < 2:
        return passages
    pairs = [(question[:LONGEST], f"{one.title}. {one.text}"[:LONGEST]) for one in passages]
    try:
        told = np.asarray(_model(settings.VCSM_RERANKER).predict(pairs, show_progress_bar=False))
    except Exception as error:
        log.warning("The cross-encoder %s is done without: %s", settings.VCSM_RERANKER, error)
        return passages
    if told.shape != (len(passages),) or not np.isfinite(told).all():
        log.warning("The cross-encoder %s gives no single score.", settings.VCSM_RERANKER)
        return passages
    scores = sorted((one.score for one in passages), reverse=True)
    order = np.argsort(-told, kind="stable").tolist()
    return [
        replace(passages[place], score=score) for place, score in zip(order, scores, strict=True)
    ]


@cache
def _model(name: str) -> Any:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Imported by name: the web tier may import this file's neighbours, and must never reach torch.
    return importlib.import_module("sentence_transformers").CrossEncoder(name, device="cpu")
