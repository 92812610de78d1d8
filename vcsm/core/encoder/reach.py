"""Measures how far each channel of the encoder's products reaches, over made-up texts.

Channels that reach far do so in every text, mostly in its first token ("massive activations", Sun
et al. 2024), so random words show it as well as sentences do, in whatever language the model reads.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vcsm.core.encoder.graph import Matrix
from vcsm.core.encoder.locate import ModelFolder
from vcsm.core.encoder.vocabulary import token_shares

if TYPE_CHECKING:
    import onnx

TEXTS = 80
LONGEST = 24
SEED = 1


def made_up_texts(model: ModelFolder) -> list[list[int]]:
    """Returns texts as token ids with the marks around them; words have their usual frequency."""
    from tokenizers import Tokenizer

    marks = Tokenizer.from_file(str(model.path / "tokenizer.json")).encode("").ids
    before = (len(marks) + 1) // 2
    shares = token_shares(model)
    words = shares.words if shares.words.size else np.arange(shares.of_each.size)
    chances = shares.of_each[words] / shares.of_each[words].sum()
    chance = np.random.default_rng(SEED)
    texts = []
    longest = max(1, min(LONGEST, model.max_tokens - len(marks)))
    for length in chance.integers(1, longest, TEXTS, endpoint=True):
        drawn = chance.choice(words, length, p=chances)
        texts.append([*marks[:before], *drawn.tolist(), *marks[before:]])
    return texts


def measure_reaches(file: Path, texts: Sequence[Sequence[int]]) -> dict[str, Matrix]:
    """Returns (channels,) largest magnitudes over the texts, by input of the fp32 products."""
    import onnx
    from onnx import TensorProto, helper
    from onnxruntime import InferenceSession, SessionOptions

    model = onnx.load(str(file))
    names = _product_inputs(model.graph)
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names
    )
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    reaches: dict[str, Matrix] = {}
    for text in texts:
        ids = np.array([text], np.int64)
        tensors = session.run(names, {"ids": ids, "mask": np.ones(ids.shape, np.int32)})
        for name, tensor in zip(names, tensors, strict=True):
            reach = np.abs(tensor[0]).max(axis=0)
            reaches[name] = np.maximum(reaches.get(name, reach), reach)
    return reaches


def _product_inputs(graph: "onnx.GraphProto") -> list[str]:
    weights = {constant.name for constant in graph.initializer}
    products = [node for node in graph.node if node.op_type in ("Attention", "MatMul")]
    return [node.input[0] for node in products if node.input[1] in weights]
