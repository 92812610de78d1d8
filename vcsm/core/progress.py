"""Tells how far a long command is, on its error stream so that its output stays clean."""

import time
from collections.abc import Callable
from typing import Protocol

Tell = Callable[[str, int, int], None]
"""Called with what is counted, how many are done, and how many there are."""
EVERY = 5.0
"""Seconds between two lines; work that ends sooner tells nothing."""


class Stream(Protocol):
    def write(self, text: str, /) -> object: ...


def say_on(stream: Stream, *, clock: Callable[[], float] = time.monotonic) -> Tell:
    """Returns a `Tell` that writes a line every few seconds, however often it is called."""
    latest = clock()

    def tell(what: str, done: int, total: int) -> None:
        nonlocal latest
        if clock() - latest >= EVERY:
            latest = clock()
            stream.write(f"{what}: {done:,} of {total:,}")

    return tell
