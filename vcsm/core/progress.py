"""How far a long command is, said on its error stream so that its output stays what it is."""

import time
from collections.abc import Callable
from typing import Protocol

Tell = Callable[[str, int, int], None]
"""Hears of what, how many are done, and of how many."""
EVERY = 5.0
"""Seconds: what is done at once says nothing."""


class Stream(Protocol):
    def write(self, text: str, /) -> object: ...


def say_on(stream: Stream, *, clock: Callable[[], float] = time.monotonic) -> Tell:
    """A line every few seconds, however often it is told."""
    latest = clock()

    def tell(what: str, done: int, total: int) -> None:
        nonlocal latest
        if clock() - latest >= EVERY:
            latest = clock()
            stream.write(f"{what}: {done:,} of {total:,}")

    return tell
