"""BANKING77: what real people asked a bank, by 77 intents. See README.md for licence and origin.

`read_examples(per_intent)` gives the demo's intents, `read_utterances()` what customers say.
"""

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def read_examples(per_intent: int) -> dict[str, tuple[str, ...]]:
    """Returns label → its first `per_intent` different training texts, in the file's order."""
    grouped: dict[str, dict[str, None]] = {}
    for text, label in _read("train.csv"):
        texts = grouped.setdefault(label, {})
        if len(texts) < per_intent:
            texts[text] = None
    return {label: tuple(texts) for label, texts in sorted(grouped.items())}


@cache
def read_utterances() -> dict[str, tuple[str, ...]]:
    """Returns label → its test texts, in the file's order, but for the few used in training."""
    known = {text for text, _ in _read("train.csv")}
    grouped: dict[str, list[str]] = {}
    for text, label in _read("test.csv"):
        if text not in known:
            grouped.setdefault(label, []).append(text)
    return {label: tuple(texts) for label, texts in sorted(grouped.items())}


def title_of(label: str) -> str:
    """Returns the label as people read it: `card_arrival` → `Card arrival`."""
    words = label.strip("?").replace("_", " ").lower()
    for spelt, written in (("pin", "PIN"), ("atm", "ATM"), ("visa", "Visa"), ("apple", "Apple")):
        words = " ".join(written if word == spelt else word for word in words.split())
    return words[0].upper() + words[1:]


def _read(name: str) -> list[tuple[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return [(row["text"].strip(), row["category"]) for row in csv.DictReader(file)]
