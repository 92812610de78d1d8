"""Finds matters that must reach a human when they are said in words that no pattern foresaw.

One logistic model per matter, on the encoder's vector, learnt from `matter_examples` against
ordinary questions (`matter_others`). It only ever adds to what the patterns find. The models are
fitted once and kept on disk.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from vcsm.core import embeddings
from vcsm.core.kept_arrays import keep_array
from vcsm.escalation import (
    matter_examples,
    matter_how_to,
    matter_indirect,
    matter_money,
    matter_others,
)
from vcsm.escalation.how_to import asks_how
from vcsm.escalation.matters import ALWAYS, matter_of, plain_words

FROM = {
    "safety": 0.6,
    "security": 0.6,
    "legal": 0.6,
    "billing dispute": 0.8,
    "outage": 0.6,
}
"""Probability from which the model alone calls a human. It is higher for billing disputes: where
money is the product's business, ordinary questions come closer to a dispute than elsewhere."""
WORDS = 30
"""A message of more words is read sentence by sentence: only one of them may hold the matter."""
SENTENCES = 8
"""The most sentences of a message that are read."""
LOOSENESS = 30.0
"""Inverse of the ridge penalty."""
BIAS = 3.0
"""Value of the constant feature. The larger it is, the less the ridge holds the bias back."""
STEPS = 200

_BLOCKS = {
    "safety": f"{matter_examples.SAFETY}\n{matter_indirect.SAFETY}",
    "security": f"{matter_examples.SECURITY}\n{matter_indirect.SECURITY}",
    "legal": f"{matter_examples.LEGAL}\n{matter_indirect.LEGAL}",
    "billing dispute": f"{matter_examples.BILLING}\n{matter_indirect.BILLING}",
    "outage": f"{matter_examples.OUTAGE}\n{matter_indirect.OUTAGE}",
    "": f"{matter_others.PRODUCT}\n{matter_how_to.HOW_TO}\n{matter_money.MONEY_AND_WORK}",
}
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Model:
    matters: tuple[str, ...]
    weights: Floats
    """Shape: (matters, width of `embeddings.Reading.feature`)."""
    bias: Floats


def matter_in(text: str) -> str:
    """Returns a key of `matters.PATTERNS`, found by pattern or by model, or "". Takes a few ms."""
    return matter_of(text) or _by_model(text)


def _by_model(text: str) -> str:
    for part in _parts(embeddings.clean_text(text)):
        chances = _chances(embeddings.read(part).feature)
        matter = max(FROM, key=lambda one: chances[one] - FROM[one])
        if chances[matter] < FROM[matter]:
            continue
        if matter in ALWAYS or not asks_how(" ".join(plain_words(part))):
            return matter
    return ""


def _parts(text: str) -> list[str]:
    if len(text.split()) <= WORDS:
        return [text] if text else []
    parts = re.split(r"(?<=[.!?;\n])\s+", text)
    return [part for part in parts if part.strip()][:SENTENCES]


def _chances(feature: NDArray[np.float32]) -> dict[str, float]:
    model = _model()
    chances = expit(model.weights @ feature + model.bias)
    return dict(zip(model.matters, chances.tolist(), strict=True))


@cache
def _model() -> _Model:
    rows = [
        (line, matter) for matter, block in _BLOCKS.items() for line in block.split("\n") if line
    ]

    def learn() -> Floats:
        # The online path: it is loaded anyway, and these lines are short.
        features = np.array([embeddings.read(line).feature for line, _ in rows], np.float64)
        told = np.array([[matter == one for one in FROM] for _, matter in rows], np.float64)
        return _fit(np.c_[features, np.full(len(rows), BIAS)], told)

    kept = keep_array(["matters", LOOSENESS, BIAS, STEPS, *rows], learn)
    fitted = kept.astype(np.float64, copy=False)
    return _Model(tuple(FROM), fitted[:, :-1], fitted[:, -1] * BIAS)


def _fit(rows: Floats, told: Floats) -> Floats:
    """Fits a logistic regression per matter against all the rest, both sides weighted equally.

    `rows`: (examples, width); `told`: (examples, matters), each 0 or 1. Returns (matters, width).
    """
    count, matters = told.shape
    weight = count / 2 / np.where(told > 0, told.sum(axis=0), (1 - told).sum(axis=0))

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(matters, -1)
        heights = rows @ weights.T
        lost = (weight * (np.logaddexp(0, heights) - told * heights)).sum()
        slope = (weight * (expit(heights) - told)).T @ rows + weights / LOOSENESS
        return float(lost + (weights**2).sum() / 2 / LOOSENESS), slope.ravel()

    start = np.zeros(matters * rows.shape[1])
    from scipy.optimize import minimize  # slow to load, and rarely needed: what is learnt is kept

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    weights: Floats = found.x.reshape(matters, -1)
    return weights
