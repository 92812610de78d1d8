"""Writes a BERT sentence encoder as an ONNX graph from its safetensors, without torch.

The encoder is the post-norm one of Devlin et al. 2019. Fused operators of the `com.microsoft`
domain keep the nodes few, and so the overhead on a text of a dozen tokens small. Multiplying by a
layer's weights is a method of its own, which `int8` overrides.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

Matrix = NDArray[np.float32]
Weights = dict[str, Matrix]
MS = "com.microsoft"


@dataclass(frozen=True)
class Pooling:
    layers: list[int]
    """Hidden states to put out, 0 being the embeddings."""
    token_weights: Matrix
    """(vocabulary,) weight of each token in their means."""


class GraphWriter:
    """Writes the graph of one encoder.

    Its inputs are `ids` int64 and `mask` int32, both (batch, tokens). Its outputs are `sentence`
    (batch, width), the mean of the last layer's tokens; `first`, its CLS token; and `layers`
    (batch, layers, width), the wanted hidden states with their tokens averaged by weight.
    """

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
        return self._norm("embedded", "embeddings.LayerNorm", "hidden_0")

    def _encode(self, x: str, name: str, layer: int) -> str:
        mixed = self._mix_tokens(x, f"{name}.attention", layer)
        x = self._add_and_norm(mixed, x, f"{name}.attention.output", f"mid_{layer}")
        wide = self._multiply(x, self._kernel(f"{name}.intermediate.dense"), f"widened_{layer}")
        inner_bias = self._weight(f"{name}.intermediate.dense.bias")
        wide = self._node("BiasGelu", [wide, inner_bias], f"wide_{layer}", MS)
        narrow = self._multiply(wide, self._kernel(f"{name}.output.dense"), f"narrow_{layer}")
        return self._add_and_norm(narrow, x, f"{name}.output", f"hidden_{layer + 1}")

    def _mix_tokens(self, x: str, name: str, layer: int) -> str:
        parts = [f"{name}.self.{part}" for part in ("query", "key", "value")]
        kernel = np.concatenate([self._kernel(part) for part in parts], axis=1)
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        attended = self._attend(x, kernel, bias, f"attended_{layer}")
        return self._multiply(attended, self._kernel(f"{name}.output.dense"), f"mixed_{layer}")

    def _attend(self, x: str, kernel: Matrix, bias: Matrix, output: str) -> str:
        """Computes queries, keys and values of `x` by one product, and self-attention over them."""
        inputs = [x, self._keep(f"{output}.kernel", kernel), self._keep(f"{output}.bias", bias)]
        return self._node("Attention", [*inputs, "mask"], output, MS, num_heads=self._heads)

    def _multiply(self, x: str, kernel: Matrix, output: str) -> str:
        return self._node("MatMul", [x, self._keep(f"{output}.kernel", kernel)], output)

    def _pool(self, hidden: list[str], pooling: Pooling) -> None:
        from onnx import TensorProto

        self._keep("token_axis", np.array([1], np.int64))
        self._node("Cast", ["mask"], "mask_float", to=TensorProto.FLOAT)
        self._node("Gather", [self._keep("telling", pooling.token_weights), "ids"], "weights")
        self._node("Mul", ["weights", "mask_float"], "mask_weighted")
        even, weighted = self._share("mask_float"), self._share("mask_weighted")
        pooled = [
            self._node("MatMul", [weighted, hidden[layer]], f"pool_{layer}")
            for layer in pooling.layers
        ]
        self._node("Concat", pooled, "layers", axis=1)
        mean = self._node("MatMul", [even, hidden[-1]], "pool_sentence")
        self._node("Squeeze", [mean, "token_axis"], "sentence")
        first = self._keep("first_token", np.array(0, np.int64))
        self._node("Gather", [hidden[-1], first], "first", axis=1)

    def _share(self, weights: str) -> str:
        """Turns (batch, tokens) into (batch, 1, tokens), which sum to 1 over the tokens."""
        total = self._node("ReduceSum", [weights, "token_axis"], f"{weights}_sum", keepdims=1)
        share = self._node("Div", [weights, total], f"{weights}_share")
        return self._node("Unsqueeze", [share, "token_axis"], f"{weights}_row")

    def _add_and_norm(self, x: str, skip: str, name: str, output: str) -> str:
        # `SkipLayerNormalization` is five times as slow as its parts on CPU; `Sum`, unlike `Add`,
        # is not fused into it.
        summed = self._node("Sum", [x, skip, self._weight(f"{name}.dense.bias")], f"{output}.sum")
        return self._norm(summed, f"{name}.LayerNorm", output)

    def _norm(self, x: str, name: str, output: str) -> str:
        scale_and_shift = [self._weight(f"{name}.{part}") for part in ("weight", "bias")]
        return self._node(
            "LayerNormalization", [x, *scale_and_shift], output, epsilon=self._epsilon
        )

    def _kernel(self, name: str) -> Matrix:
        """Returns the weights as (in, out)."""
        return self.weights[f"{name}.weight"].T

    @property
    def _heads(self) -> int:
        return int(self.config["num_attention_heads"])

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
        self._nodes(kind, inputs, [output], domain, **attributes)
        return output

    def _nodes(
        self, kind: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any
    ) -> None:
        from onnx import helper

        self.nodes.append(
            helper.make_node(kind, inputs, outputs, name=outputs[0], domain=domain, **attributes)
        )
