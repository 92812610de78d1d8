"""Arrays made once: kept, made again when something changed or the cache is broken."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vcsm.core import embeddings
from vcsm.core.kept_arrays import keep_array, read_kept


@pytest.fixture(autouse=True)
def room(tmp_path: Path, settings: Any) -> Path:
    # The encoder's own files stay where they are; it is open before the cache moves.
    embeddings.read("ready")
    settings.VCSM_CACHE = tmp_path / "cache"
    return tmp_path / "cache"


def test_it_works() -> None:
    made: list[int] = []

    def make() -> np.ndarray:
        made.append(1)
        return np.arange(3.0)

    for _ in range(2):
        assert keep_array(["a", 1], make).tolist() == [0, 1, 2]
    assert len(made) == 1
    keep_array(["a", 2], make)
    assert len(made) == 2


def test_a_broken_file_is_made_again(room: Path) -> None:
    keep_array(["x"], lambda: np.ones(2))
    (file,) = room.rglob("*.npy")
    for rubbish in (b"", b"\x93NUMPY", b"\x80\x04pickle"):
        file.write_bytes(rubbish)
        assert keep_array(["x"], lambda: np.ones(2)).tolist() == [1, 1]


def test_a_cache_that_cannot_be_written_is_done_without(room: Path) -> None:
    room.write_text("a file, no folder")
    assert keep_array(["x"], lambda: np.ones(2)).tolist() == [1, 1]


def test_readings_are_the_same_from_the_cache() -> None:
    texts = ["How do I export a report?", "cancel"]
    first, again = read_kept(texts), read_kept(texts)
    assert np.array_equal(first, again)
    assert np.allclose(first[1], embeddings.read("cancel").feature)
