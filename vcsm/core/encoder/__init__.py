"""From text to vectors: the machinery behind `vcsm.core.embeddings`, which is what to call.

`locate` finds the model's folder and names it, `graph` writes a BERT encoder as ONNX from its
safetensors with numpy alone, `build` makes the fp32 and int8 files once and keeps them in a cache,
`onnx` runs them, `reference` is sentence-transformers itself: the model of record, and the only
path for architectures that `graph` does not know. Only `reference` imports torch.
"""
