"""Keeps the readings of the latest texts.

One message is read for its intent, its tone, its subject and its answer, and the sentences of a
passage are compared with every question. Texts are known by their digest, so that what a contact
wrote is not kept here once it has been erased.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

from vcsm.core.encoder.reading import Reading

MOST = 1_000
"""Readings kept at most, of 8 kB each."""


class Remembered:
    """A bounded store of readings, safe to share between threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[bytes, Reading] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, text: str, encode: Callable[[str], Reading], *, encoder: str) -> Reading:
        """Returns `encode(text)`, or what it gave before under that encoder's name.

        Its arrays are read-only.
        """
        key = blake2b(f"{encoder}\n{text}".encode(), digest_size=16).digest()
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
                return held
        reading = encode(text)
        for vector in (reading.sentence, reading.feature):
            vector.flags.writeable = False
        with self._lock:
            self._held[key] = reading
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return reading

    def forget(self) -> None:
        with self._lock:
            self._held.clear()
