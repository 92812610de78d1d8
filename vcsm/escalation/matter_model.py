"""A matter that must reach a human, said in words that no pattern foresaw.

One logistic model for each matter on the encoder's vector, learnt from `matter_examples` against
ordinary questions (`matter_others`). It only ever adds to the patterns. Workers make it, once each.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from vcsm.core import embeddings
from vcsm.escalation import matter_examples, matter_others
from vcsm.escalation.matters import matter_of

FROM = {
    "safety": 0.5,
    "security": 0.5,
    "legal": 0.5,
    "billing dispute": 0.7,
    "outage": 0.5,
}
"""Probability from which the model alone calls. Where money is the business itself, ordinary
questions come nearer to a dispute than anything else does to anything."""
WORDS = 30
"""A longer message is read sentence by sentence: what matters may be one of many."""
SENTENCES = 8
LOOSENESS = 30.0
"""Inverse of the ridge."""
BIAS = 3.0
"""Length of the constant feature: the longer, the less the bias is held back."""
STEPS = 7

_BLOCKS = {
    "safety": matter_examples.SAFETY,
    "security": matter_examples.SECURITY,
    "legal": matter_examples.LEGAL,
    "billing dispute": matter_examples.BILLING,
    "outage": matter_examples.OUTAGE,
    "": f"{matter_others.PRODUCT}\n{matter_others.MONEY_AND_WORK}",
}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Model:
    matters: tuple[str, ...]
    weights: Floats
    """(matters, width of `embeddings.Reading.feature`)."""
    bias: Floats


def matter_in(text: str) -> str:
    """A key of `matters.PATTERNS`, by pattern or by model, or nothing. Some milliseconds."""
    return matter_of(text) or _by_model(text)


def _by_model(text: str) -> str:
    for part in _parts(embeddings.clean_text(text)):
        chances = _chances(embeddings.read(part).feature)
        matter = max(FROM, key=lambda one: chances[one] - FROM[one])
        if chances[matter] >= FROM[matter]:
            return matter
    return ""


def _parts(text: str) -> list[str]:
    if len(text.split()) <= WORDS:
        return [text] if text else []
    parts = re.split(r"(?<=[.!?;\n])\s+", text)
    return [part for part in parts if part.strip()][:SENTENCES]


def _chances(feature: NDArray[np.float32]) -> dict[str, float]:
    model = _model()
    chances = 1 / (1 + np.exp(-(model.weights @ feature + model.bias)))
    return dict(zip(model.matters, chances.tolist(), strict=True))


@cache
def _model() -> _Model:
    rows = [
        (line, matter) for matter, block in _BLOCKS.items() for line in block.split("\n") if line
    ]
    # By the online path: it is loaded anyway, and these lines are short.
    features = np.array([embeddings.read(line).feature for line, _ in rows], np.float64)
    labels = np.array([matter for _, matter in rows])
    fitted = np.array([_fit(features, labels == matter) for matter in FROM])
    return _Model(tuple(FROM), fitted[:, :-1], fitted[:, -1])


def _fit(features: Floats, told: NDArray[np.bool_]) -> Floats:
    """Logistic regression of one matter against the rest, both sides of equal weight, by Newton's
    method over the examples (fewer than the vector is wide): the weights, and last the bias."""
    count = len(told)
    weight = count / 2 / np.where(told, told.sum(), (~told).sum())
    rows = np.c_[features, np.full(count, BIAS)]
    likeness, heights = rows @ rows.T, np.zeros(count)
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-heights))
        bend = weight * np.maximum(chances * (1 - chances), 1e-4)
        target = heights + weight * (told - chances) / bend
        shares = np.linalg.solve(likeness + np.diag(1 / (LOOSENESS * bend)), target)
        heights = likeness @ shares
    weights: Floats = rows.T @ shares
    weights[-1] *= BIAS
    return weights
