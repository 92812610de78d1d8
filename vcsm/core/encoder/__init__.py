"""From text to vectors: the machinery behind `vcsm.core.embeddings`, which callers use instead.

`locate` finds the model's folder and names it. `graph` writes a BERT encoder as ONNX from its
safetensors with numpy alone; `int8` writes it in int8, using what `reach` measures; `build` makes
both files once and keeps them in a cache; `onnx` runs them. `reference` is sentence-transformers
itself: the model of record, and the only path for architectures that `graph` does not know. Only
`reference` imports torch.
"""
