"""Makes the encoder's ONNX files once, in a cache that several processes may fill at a time."""

import tempfile
from pathlib import Path

import numpy as np

from vcsm.core.encoder.graph import GraphWriter, Matrix, Pooling, Weights
from vcsm.core.encoder.int8 import Int8Writer
from vcsm.core.encoder.locate import EncoderMissing, ModelFolder
from vcsm.core.encoder.reach import made_up_texts, measure_reaches
from vcsm.core.encoder.reading import VERSION
from vcsm.core.encoder.vocabulary import token_shares
from vcsm.core.one_maker import alone_with

RARE_FROM = 3e-3
SPECIAL_WEIGHT = 0.3


def layers_of(model: ModelFolder) -> list[int]:
    """Returns the layers in the layered feature: the last, the embeddings, and two thirds up.

    Lower layers still hold the words themselves, which tells apart intents that mean nearly the
    same; of six layers, 0 and 4 measured best.
    """
    count = int(model.config["num_hidden_layers"])
    return [count, 0, round(count * 2 / 3)]


def token_weights(model: ModelFolder) -> Matrix:
    """Returns (vocabulary,) weights of the tokens in the layered feature's means.

    Smooth inverse frequency (Arora et al. 2017), a / (a + p): "how do I" tells nothing of an
    intent.
    """
    shares = token_shares(model)
    weights = RARE_FROM / (RARE_FROM + shares.of_each)
    weights[shares.special] = SPECIAL_WEIGHT
    kept: Matrix = weights.astype(np.float32)
    return kept


def make_files(model: ModelFolder, cache: Path) -> tuple[Path, Path]:
    """Returns the fp32 and int8 files of the model, made when absent (some four seconds).

    Of several processes that want them, one makes them and the others wait; a rename publishes each
    file whole. Raises EncoderMissing where the cache cannot be written.
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
    import onnx

    exact.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=exact.parent, prefix="making-") as room:
        made, small = Path(room, "fp32.onnx"), Path(room, "int8.onnx")
        weights, pooling = _read_weights(model), Pooling(layers_of(model), token_weights(model))
        onnx.save_model(GraphWriter(weights, model.config).write(pooling), str(made))
        reaches = measure_reaches(made, made_up_texts(model))
        onnx.save_model(Int8Writer(weights, model.config, reaches).write(pooling), str(small))
        made.replace(exact)
        small.replace(fast)


def _read_weights(model: ModelFolder) -> Weights:
    from safetensors import safe_open

    with safe_open(str(model.path / "model.safetensors"), "numpy") as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
