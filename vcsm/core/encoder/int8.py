"""Writes the encoder's graph with int8 products, from how far each of their input channels reaches.

All of a product's inputs share one scale, taken from the text itself, and BERT sends a few channels
of its first token twenty times as far as others, which would leave every other value a few of the
scale's 256 steps. So a channel that reaches far is made smaller before the product, and its row of
the weights larger by as much (SmoothQuant, Xiao et al. 2023); channels that reach farthest are
multiplied apart in fp32 (LLM.int8, Dettmers et al. 2022). Weights have a scale for each output.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vcsm.core.encoder.graph import MS, GraphWriter, Matrix, Weights

STEPS = 127
SHARE = 0.65
"""Power of a channel's reach that moves to the weights: with more, they lose what the inputs
gain."""
APART = 8
"""Reach, in medians, above which a channel is multiplied apart."""


class Int8Writer(GraphWriter):
    """Writes the graph in int8.

    `reaches` gives (channels,) the largest magnitude of each, by the name of a product's input.
    """

    def __init__(
        self, weights: Weights, config: dict[str, Any], reaches: Mapping[str, Matrix]
    ) -> None:
        super().__init__(weights, config)
        self.reaches = reaches

    def _attend(self, x: str, kernel: Matrix, bias: Matrix, output: str) -> str:
        even, small, steps = self._shrink(x, kernel, how_far(self.reaches[x]) ** -SHARE, output)
        read, step, zero = f"{output}.read", f"{output}.step", f"{output}.zero"
        self._nodes("DynamicQuantizeLinear", [even], [read, step, zero])
        inputs = [read, small, self._keep(f"{output}.bias", bias), step, steps, "mask", zero]
        return self._node("QAttention", inputs, output, MS, num_heads=self._heads)

    def _multiply(self, x: str, kernel: Matrix, output: str) -> str:
        reach = how_far(self.reaches[x])
        apart = reach > APART
        inputs = self._shrink(x, kernel, np.where(apart, 0, reach**-SHARE), output)
        product = self._node("DynamicQuantizeMatMul", [*inputs], output, MS)
        if not apart.any():
            return product
        rest = self._multiply_apart(x, kernel, np.flatnonzero(apart), f"{output}.apart")
        return self._node("Add", [product, rest], f"{output}.whole")

    def _multiply_apart(self, x: str, kernel: Matrix, channels: NDArray[np.intp], name: str) -> str:
        places = self._keep(f"{name}.channels", channels.astype(np.int64))
        picked = self._node("Gather", [x, places], f"{name}.picked", axis=2)
        return self._node("MatMul", [picked, self._keep(f"{name}.kernel", kernel[channels])], name)

    def _shrink(
        self, x: str, kernel: Matrix, factors: NDArray[np.floating], output: str
    ) -> tuple[str, str, str]:
        """Returns the names of the shrunk inputs, of their int8 weights, and of the weights' steps.

        Each channel is multiplied by its factor, which the weights make up for; one of factor 0 is
        left out.
        """
        back = np.divide(1, factors, out=np.zeros_like(factors), where=factors > 0)
        kernel = kernel * back[:, None]
        steps = np.maximum(np.abs(kernel).max(axis=0), 1e-12) / STEPS
        small = np.round(kernel / steps).astype(np.int8)
        kept = self._keep(f"{output}.factors", factors.astype(np.float32))
        return (
            self._node("Mul", [x, kept], f"{output}.even"),
            self._keep(f"{output}.kernel", small),
            self._keep(f"{output}.steps", steps.astype(np.float32)),
        )


def how_far(reaches: Matrix) -> Matrix:
    """Returns (channels,) reaches in units of their median, at least 1."""
    far: Matrix = np.maximum(reaches / max(float(np.median(reaches)), 1e-6), 1)
    return far
