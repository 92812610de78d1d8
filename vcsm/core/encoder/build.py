"""Makes the encoder's ONNX files once, in a cache that several processes may fill at a time."""

import tempfile
from pathlib import Path

from vcsm.core.encoder.graph import Weights, write_graph
from vcsm.core.encoder.locate import EncoderMissing, ModelFolder

VERSION = 1
"""Raise it when `graph` or the quantisation changes: it is part of the files' names and the id."""


def layers_of(model: ModelFolder) -> list[int]:
    """The layers that the layered feature adds to the sentence: the embeddings and two thirds up.

    Lower layers still hold the words themselves, which tells apart intents that mean nearly the
    same; measured best for six layers at 0 and 4.
    """
    return [0, round(int(model.config["num_hidden_layers"]) * 2 / 3)]


def make_files(model: ModelFolder, cache: Path) -> tuple[Path, Path]:
    """The fp32 and int8 files of the model, made when absent. About three seconds, once.

    A rename publishes each file whole, so concurrent makers only do the work twice.
    """
    folder = cache / "encoder" / f"{model.name}-{model.fingerprint}-v{VERSION}"
    exact, fast = folder / "fp32.onnx", folder / "int8.onnx"
    if exact.is_file() and fast.is_file():
        return exact, fast
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix="making-") as room:
            made, small = Path(room, "fp32.onnx"), Path(room, "int8.onnx")
            write_graph(_read_weights(model), model.config, made, layers_of(model))
            _quantise(made, small)
            made.replace(exact)
            small.replace(fast)
    except OSError as error:
        raise EncoderMissing(f"The encoder's cache {folder} cannot be written: {error}.") from error
    return exact, fast


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
