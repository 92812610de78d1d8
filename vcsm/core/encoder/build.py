"""Makes the encoder's ONNX files once, in a cache that several processes may fill at a time."""

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vcsm.core.encoder.graph import Pooling, Weights, write_graph
from vcsm.core.encoder.locate import EncoderMissing, ModelFolder
from vcsm.core.encoder.reading import VERSION
from vcsm.core.one_maker import alone_with

RARE_FROM = 3e-3
SPECIAL_WEIGHT = 0.3


def layers_of(model: ModelFolder) -> list[int]:
    """The layers in the layered feature: the last, the embeddings, and two thirds up.

    Lower layers still hold the words themselves, which tells apart intents that mean nearly the
    same; measured best for six layers at 0 and 4.
    """
    count = int(model.config["num_hidden_layers"])
    return [count, 0, round(count * 2 / 3)]


def token_weights(model: ModelFolder) -> NDArray[np.float32]:
    """(vocabulary,) how much each token tells, for the layered feature's means.

    Smooth inverse frequency (Arora et al. 2017), a / (a + p): "how do I" tells nothing of an
    intent. Vocabularies are in the order of frequency, so by Zipf's law the place of a token gives
    its p, without a corpus.
    """
    from tokenizers import Tokenizer

    vocabulary = Tokenizer.from_file(str(model.path / "tokenizer.json")).get_vocab()
    size = max(int(model.config["vocab_size"]), max(vocabulary.values()) + 1)
    words = [i for token, i in vocabulary.items() if len(token) > 1 and token.isalpha()]
    first = min(words, default=0)
    rank = np.maximum(np.arange(size) - first + 1, 1)
    share = 1 / (rank * np.log(max(size - first, 3)))
    weights = RARE_FROM / (RARE_FROM + share)
    for token, i in vocabulary.items():
        if token[0] in "[<" and token[-1] in "]>" and len(token) > 2:
            weights[i] = SPECIAL_WEIGHT
    kept: NDArray[np.float32] = weights.astype(np.float32)
    return kept


def make_files(model: ModelFolder, cache: Path) -> tuple[Path, Path]:
    """The fp32 and int8 files of the model, made when absent. About three seconds, once.

    Of several that want them at a time one makes them and the others wait; a rename publishes each
    file whole.
    """
    folder = cache / "encoder" / f"{model.name}-{model.fingerprint}-v{VERSION}"
    exact, fast = folder / "fp32.onnx", folder / "int8.onnx"
    if exact.is_file() and fast.is_file():
        return exact, fast
    try:
        with alone_with(folder):
            if not (exact.is_file() and fast.is_file()):
                _make(model, exact, fast)
    except OSError as error:
        raise EncoderMissing(f"The encoder's cache {folder} cannot be written: {error}.") from error
    return exact, fast


def _make(model: ModelFolder, exact: Path, fast: Path) -> None:
    exact.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=exact.parent, prefix="making-") as room:
        made, small = Path(room, "fp32.onnx"), Path(room, "int8.onnx")
        pooling = Pooling(layers_of(model), token_weights(model))
        write_graph(_read_weights(model), model.config, made, pooling)
        _quantise(made, small)
        made.replace(exact)
        small.replace(fast)


def _read_weights(model: ModelFolder) -> Weights:
    from safetensors import safe_open

    with safe_open(str(model.path / "model.safetensors"), "numpy") as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118


def _quantise(exact: Path, fast: Path) -> None:
    """int8 weights per channel, activations at run time (per tensor would cost 0.6-0.9 points).

    The word table stays fp32: it is read, not multiplied, so int8 would only cost precision.
    """
    import logging

    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # It advises a pre-processing step meant for exported graphs at every call; ours is fused.
    logging.getLogger().addFilter(_drop_preprocessing_advice)
    try:
        quantize_dynamic(
            exact,
            fast,
            op_types_to_quantize=["MatMul", "Attention"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            # Shape inference does not know the fused operators; every tensor here is float.
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    finally:
        logging.getLogger().removeFilter(_drop_preprocessing_advice)


def _drop_preprocessing_advice(record: "object") -> bool:
    return "pre-processing before quantization" not in str(getattr(record, "msg", ""))
