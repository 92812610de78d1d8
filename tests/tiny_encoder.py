"""A sentence-transformers model of a few kilobytes with weights drawn from a seed: a model other
than the installed one, for tests of changing it."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

WIDTH, LAYERS, HEADS, INNER, PLACES = 32, 2, 2, 64, 64


def make_tiny_encoder(folder: Path, *, seed: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz"):
    """Writes a BERT of two layers over single letters, in the format of sentence-transformers.
    Returns the folder."""
    folder.mkdir(parents=True)
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *alphabet, *(f"##{one}" for one in alphabet)]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    _write(folder / "config.json", _config(len(tokens)))
    _write(folder / "modules.json", _modules())
    (folder / "1_Pooling").mkdir()
    _write(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": WIDTH, "pooling_mode_mean_tokens": True},
    )
    _write(folder / "sentence_bert_config.json", {"max_seq_length": PLACES, "do_lower_case": True})
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "BertTokenizer"})
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file(_weights(len(tokens), seed), str(folder / "model.safetensors"), {"format": "pt"})
    return folder


def _config(size: int) -> dict[str, object]:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_act": "gelu",
        "hidden_size": WIDTH,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": INNER,
        "max_position_embeddings": PLACES,
        "type_vocab_size": 2,
        "vocab_size": size,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
    }


def _modules() -> list[dict[str, object]]:
    kinds = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    return [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds)
    ]


def _weights(size: int, seed: int) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)
    shapes = {
        "embeddings.word_embeddings.weight": (size, WIDTH),
        "embeddings.position_embeddings.weight": (PLACES, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            shapes[f"{name}.attention.{part}.weight"] = (WIDTH, WIDTH)
            shapes[f"{name}.attention.{part}.bias"] = (WIDTH,)
        shapes[f"{name}.intermediate.dense.weight"] = (INNER, WIDTH)
        shapes[f"{name}.intermediate.dense.bias"] = (INNER,)
        shapes[f"{name}.output.dense.weight"] = (WIDTH, INNER)
        shapes[f"{name}.output.dense.bias"] = (WIDTH,)
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
    found = {name: chance.normal(0, 0.3, shape) for name, shape in shapes.items()}
    for norm in norms:
        found |= {f"{norm}.weight": np.ones(WIDTH), f"{norm}.bias": np.zeros(WIDTH)}
    return {name: array.astype(np.float32) for name, array in found.items()}


def _write(file: Path, what: object) -> None:
    file.write_text(json.dumps(what), encoding="utf-8")
