"""A text is read once while it is remembered, and remembered by its digest."""

import numpy as np
import pytest

from vcsm.core.encoder import remembered
from vcsm.core.encoder.reading import Reading
from vcsm.core.encoder.remembered import Remembered


class Encoder:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> Reading:
        self.asked.append(text)
        vector = np.full(3, len(text), np.float32)
        return Reading(vector, vector.copy())


def test_it_works() -> None:
    memory, encode = Remembered(), Encoder()
    first = memory.read("how do I pay?", encode, encoder="small")
    assert memory.read("how do I pay?", encode, encoder="small") is first
    assert encode.asked == ["how do I pay?"]
    # Another model's vectors are others.
    assert memory.read("how do I pay?", encode, encoder="large") is not first
    memory.forget()
    memory.read("how do I pay?", encode, encoder="small")
    assert len(encode.asked) == 3


def test_the_longest_unused_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    memory, encode = Remembered(), Encoder()
    for text in ("one", "two", "one", "three", "one", "two"):
        memory.read(text, encode, encoder="small")
    assert encode.asked == ["one", "two", "three", "two"]


def test_what_is_shared_cannot_be_written_and_holds_no_text() -> None:
    memory = Remembered()
    reading = memory.read("a secret", Encoder(), encoder="small")
    with pytest.raises(ValueError, match="read-only"):
        reading.sentence[0] = 0
    assert "a secret" not in repr(memory.__dict__)
