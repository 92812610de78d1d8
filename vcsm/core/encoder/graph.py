"""Writes a BERT sentence encoder as an ONNX graph from its safetensors, without torch.

Devlin et al. 2019 (post-norm encoder). The fused operators of the `com.microsoft` domain keep the
number of nodes, and so the overhead on a text of a dozen tokens, small.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

Weights = dict[str, NDArray[np.float32]]
MS = "com.microsoft"


@dataclass(frozen=True)
class Pooling:
    layers: list[int]
    """Hidden states to give out, 0 being the embeddings."""
    token_weights: NDArray[np.float32]
    """(vocabulary,) how much each token counts in their means."""


def write_graph(weights: Weights, config: dict[str, Any], file: Path, pooling: Pooling) -> None:
    """Writes the model to `file`.

    Inputs `ids` int64 and `mask` int32, both (batch, tokens). Outputs `sentence`
    (batch, width), the mean of the last layer's tokens; `first`, its CLS token;
    `layers` (batch, layers, width): the wanted hidden states, their tokens averaged by weight.
    """
    import onnx

    onnx.save_model(_Writer(weights, config).write(pooling), str(file))


class _Writer:
    def __init__(self, weights: Weights, config: dict[str, Any]) -> None:
        prefix = "bert." if any(name.startswith("bert.") for name in weights) else ""
        self.weights = {name.removeprefix(prefix): array for name, array in weights.items()}
        self.config = config
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def write(self, pooling: Pooling) -> "onnx.ModelProto":
        from onnx import TensorProto, helper

        hidden = [self._embed()]
        for layer in range(int(self.config["num_hidden_layers"])):
            hidden.append(self._encode(hidden[-1], f"encoder.layer.{layer}", layer))
        self._pool(hidden, pooling)
        tokens, width = ["batch", "tokens"], int(self.config["hidden_size"])
        graph = helper.make_graph(
            self.nodes,
            "encoder",
            [
                helper.make_tensor_value_info("ids", TensorProto.INT64, tokens),
                helper.make_tensor_value_info("mask", TensorProto.INT32, tokens),
            ],
            [
                helper.make_tensor_value_info("sentence", TensorProto.FLOAT, ["batch", width]),
                helper.make_tensor_value_info(
                    "layers", TensorProto.FLOAT, ["batch", len(pooling.layers), width]
                ),
                helper.make_tensor_value_info("first", TensorProto.FLOAT, ["batch", width]),
            ],
            self.constants,
        )
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)],
            ir_version=9,
        )

    def _embed(self) -> str:
        w = self.weights
        positions = (
            w["embeddings.position_embeddings.weight"]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        words = self._keep("words", w["embeddings.word_embeddings.weight"])
        self._node("Gather", [words, "ids"], "word_vectors")
        self._node("Shape", ["ids"], "tokens_shape", start=1, end=2)
        zero = self._keep("zero", np.array([0], np.int64))
        self._node("Slice", [self._keep("positions", positions), zero, "tokens_shape"], "places")
        self._node("Add", ["word_vectors", "places"], "embedded")
        norm = [self._weight(f"embeddings.LayerNorm.{part}") for part in ("weight", "bias")]
        return self._node(
            "LayerNormalization", ["embedded", *norm], "hidden_0", epsilon=self._epsilon
        )

    def _encode(self, x: str, name: str, layer: int) -> str:
        w, heads = self.weights, int(self.config["num_attention_heads"])
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        qkv = np.concatenate([w[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([w[f"{part}.bias"] for part in parts])
        inputs = [x, self._keep(f"qkv_{layer}", qkv), self._keep(f"qkv_bias_{layer}", bias), "mask"]
        attended = self._node("Attention", inputs, f"attended_{layer}", MS, num_heads=heads)
        mixed = self._matmul(attended, f"{name}.attention.output.dense")
        x = self._skip_norm(mixed, x, f"{name}.attention.output", f"mid_{layer}")
        wide = self._matmul(x, f"{name}.intermediate.dense")
        inner_bias = self._weight(f"{name}.intermediate.dense.bias")
        wide = self._node("BiasGelu", [wide, inner_bias], f"wide_{layer}", MS)
        narrow = self._matmul(wide, f"{name}.output.dense")
        return self._skip_norm(narrow, x, f"{name}.output", f"hidden_{layer + 1}")

    def _pool(self, hidden: list[str], pooling: Pooling) -> None:
        from onnx import TensorProto

        self._keep("last_axis", np.array([2], np.int64))
        self._keep("token_axis", np.array([1], np.int64))
        self._node("Cast", ["mask"], "mask_float", to=TensorProto.FLOAT)
        self._node("Gather", [self._keep("telling", pooling.token_weights), "ids"], "weights")
        self._node("Mul", ["weights", "mask_float"], "mask_weighted")
        even, weighted = self._share("mask_float"), self._share("mask_weighted")
        pooled = [self._mean(hidden[layer], weighted, f"pool_{layer}") for layer in pooling.layers]
        self._node("Concat", pooled, "layers", axis=1)
        mean = self._mean(hidden[-1], even, "pool_sentence")
        self._node("Squeeze", [mean, "token_axis"], "sentence")
        first = self._keep("first_token", np.array(0, np.int64))
        self._node("Gather", [hidden[-1], first], "first", axis=1)

    def _share(self, weights: str) -> str:
        """(batch, tokens) to (batch, tokens, 1), summing to 1 over the tokens."""
        wide = self._node("Unsqueeze", [weights, "last_axis"], f"{weights}_wide")
        total = self._node("ReduceSum", [wide, "token_axis"], f"{weights}_sum", keepdims=1)
        return self._node("Div", [wide, total], f"{weights}_share")

    def _mean(self, hidden: str, share: str, name: str) -> str:
        parts = self._node("Mul", [hidden, share], f"{name}_parts")
        return self._node("ReduceSum", [parts, "token_axis"], name, keepdims=1)

    def _matmul(self, x: str, name: str) -> str:
        kernel = self._keep(f"{name}.kernel", self.weights[f"{name}.weight"].T)
        return self._node("MatMul", [x, kernel], f"{name}.product")

    def _skip_norm(self, x: str, skip: str, name: str, output: str) -> str:
        parts = ("LayerNorm.weight", "LayerNorm.bias", "dense.bias")
        inputs = [x, skip, *(self._weight(f"{name}.{part}") for part in parts)]
        return self._node("SkipLayerNormalization", inputs, output, MS, epsilon=self._epsilon)

    @property
    def _epsilon(self) -> float:
        return float(self.config.get("layer_norm_eps", 1e-12))

    def _weight(self, name: str) -> str:
        return self._keep(name, self.weights[name])

    def _keep(self, name: str, array: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def _node(
        self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any
    ) -> str:
        from onnx import helper

        self.nodes.append(
            helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes)
        )
        return output
