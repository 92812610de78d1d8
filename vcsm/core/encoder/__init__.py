"""From text to vectors: the machinery behind `vcsm.core.embeddings`, which is what to call.

`locate` finds the model's folder and names it, `graph` writes a BERT encoder as ONNX from its
safetensors with numpy alone, `int8` writes the same in int8 by what `reach` measures of it, `build`
makes both files once and keeps them in a cache, `onnx` runs them, `reference` is
sentence-transformers itself: the model of record, and the only path for architectures that `graph`
does not know. Only `reference` imports torch.
"""
