"""Runs the encoder's ONNX files: int8 for one text at a time, fp32 for many, sorted by length."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vcsm.core.encoder.build import make_files
from vcsm.core.encoder.locate import ModelFolder

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Matrix = NDArray[np.float32]
BATCH = 32


class OnnxEncoder:
    """One model's two files, made at the first text. Safe to share between threads."""

    def __init__(self, model: ModelFolder, cache: Path, threads: int) -> None:
        self.model = model
        self.cache = cache
        self.threads = threads

    def encode_one(self, text: str) -> tuple[Matrix, Matrix]:
        """Returns (width,) and (layers, width) of one text, by the int8 file.

        One text per call: int8 scales are taken at run time over a whole batch, so a text's vector
        would depend on its neighbours.
        """
        sentence, layers = self._run(self._fast, [self._tokenizer.encode(text).ids])
        return sentence[0], layers[0]

    def encode_many(self, texts: Sequence[str]) -> tuple[Matrix, Matrix]:
        """Returns (n, width) and (n, layers, width) by the fp32 file.

        Texts of one batch do not affect each other there.
        """
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        parts = [
            self._run(self._exact, [ids[i] for i in order[start : start + BATCH]])
            for start in range(0, len(order), BATCH)
        ]
        back = np.argsort(order)
        return (
            np.concatenate([sentence for sentence, _ in parts])[back],
            np.concatenate([layers for _, layers in parts])[back],
        )

    def _run(self, session: "InferenceSession", rows: list[list[int]]) -> tuple[Matrix, Matrix]:
        longest = max(len(row) for row in rows)
        ids = np.zeros((len(rows), longest), np.int64)
        mask = np.zeros((len(rows), longest), np.int32)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        wanted = "first" if self.model.pooling == "cls" else "sentence"
        sentence, layers = session.run([wanted, "layers"], {"ids": ids, "mask": mask})
        return sentence, layers

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.model.path / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.model.max_tokens)
        return tokenizer

    @cached_property
    def _exact(self) -> "InferenceSession":
        return self._open(make_files(self.model, self.cache)[0])

    @cached_property
    def _fast(self) -> "InferenceSession":
        return self._open(make_files(self.model, self.cache)[1])

    def _open(self, file: Path) -> "InferenceSession":
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
