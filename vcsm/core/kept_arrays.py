"""Arrays that follow from texts and the encoder alone, made once and kept in the cache folder.

Otherwise every worker would read the same hundreds of written examples when it starts.
"""

import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from vcsm.core import embeddings
from vcsm.core.one_maker import alone_with

log = logging.getLogger(__name__)

Array = NDArray[np.floating[Any]]


def keep_array(inputs: Iterable[object], make: Callable[[], Array]) -> Array:
    """Returns what `make` gives, from the cache if it is there.

    `inputs` (by their `repr`) and the encoder name the array: whatever changes it must be among
    them, including the method's version. A cache that cannot be read or written costs time, nothing
    else.
    """
    named = hashlib.sha256(repr((embeddings.encoder_id(), *inputs)).encode()).hexdigest()
    path = Path(settings.VCSM_CACHE) / "arrays" / f"{named}.npy"
    kept = _load(path)
    if kept is not None:
        return kept
    with ExitStack() as stack:
        try:
            stack.enter_context(alone_with(path))
        except OSError as error:
            log.warning("%s is made beside others: %s", path, error)
        kept = _load(path)
        if kept is None:
            kept = make()
            _save(path, kept)
    return kept


def _load(path: Path) -> Array | None:
    try:
        kept: Array = np.load(path, allow_pickle=False)
        return kept
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError) as error:
        log.warning("%s is made again: %s", path, error)
        return None


def _save(path: Path, made: Array) -> None:
    try:
        # A rename publishes the file whole.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix="making-") as room:
            part = Path(room, "array.npy")
            np.save(part, made, allow_pickle=False)
            part.replace(path)
    except OSError as error:
        log.warning("%s cannot be kept: %s", path, error)


def read_kept(texts: list[str]) -> NDArray[np.float32]:
    """Returns (n, width of `embeddings.Reading.feature`) by the online path, in the order given."""
    return keep_array(
        ["features", *texts],
        lambda: np.array([embeddings.read(text).feature for text in texts], np.float32),
    ).astype(np.float32, copy=False)
