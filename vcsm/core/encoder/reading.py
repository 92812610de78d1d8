"""What reading a text gives, and the id of the encoder, found without opening it."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vcsm.core.encoder.locate import ModelFolder, locate_model

Vector = NDArray[np.float32]

VERSION = 4
"""Raise it whenever `graph`, the quantisation or the pooling gives other vectors: it is part of the
files' names and of the id."""
PART_WEIGHTS = (1.0, 0.10, 0.15, 0.05)
"""Lengths of the parts of `Reading.feature`: the layers of `build.layers_of` as means of telling
tokens, and the sentence. Parts that weigh little here are there for callers who weigh them anew."""
MAX_CHARACTERS = 20_000
"""Characters read of a text: far more than the encoder's 256 tokens, far less than a 100 kB
paste."""

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """One text, read in one forward pass; both vectors have length 1."""

    sentence: Vector
    """(384,) as sentence-transformers gives it: for search and storage."""
    feature: Vector
    """(1536,) telling tokens first, then lower layers and the sentence at small weights: for
    intents."""


def clean_text(text: str) -> str:
    """Cuts a text at MAX_CHARACTERS and blanks out what no database or tokeniser takes.

    That is NUL, control characters and lone surrogates.
    """
    return _UNREADABLE.sub(" ", text[:MAX_CHARACTERS]).strip()


def present_id() -> str:
    """Returns the id of the model that `VCSM_ENCODER` names and of our way of pooling it."""
    return id_of(_located(settings.VCSM_ENCODER))


def id_of(model: ModelFolder) -> str:
    return f"{model.name}:{model.fingerprint}.{VERSION}"


@cache
def _located(name: str) -> ModelFolder:
    return locate_model(name)
