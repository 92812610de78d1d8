"""sentence-transformers itself: the reference for parity, and the path for other architectures."""

import importlib
import os
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcsm.core.encoder.locate import EncoderMissing, ModelFolder


class ReferenceEncoder:
    """Answers the calls of OnnxEncoder by torch, slow to import and so imported at first use."""

    def __init__(self, model: ModelFolder) -> None:
        self.model = model

    def encode_one(self, text: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        sentence, layers = self.encode_many([text])
        return sentence[0], layers[0]

    def encode_many(self, texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Returns (n, width), and (n, 0, width): this path gives no lower layers."""
        vectors = np.asarray(
            self._transformer.encode(list(texts), show_progress_bar=False), np.float32
        )
        return vectors, np.zeros((len(vectors), 0, vectors.shape[1]), np.float32)

    @cached_property
    def _transformer(self) -> Any:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        # Imported by name: the web tier may import this file's neighbours, and must never reach
        # torch.
        library = importlib.import_module("sentence_transformers")
        try:
            return library.SentenceTransformer(str(self.model.path), device="cpu")
        except (OSError, ValueError) as error:
            raise EncoderMissing(
                f"sentence-transformers cannot load the encoder at {self.model.path}: {error}"
            ) from error
