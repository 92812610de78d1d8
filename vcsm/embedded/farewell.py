"""Turns SIGINT, SIGTERM and SIGHUP into one question: were we asked to stop?"""

import signal
import threading
from types import FrameType, TracebackType
from typing import Any

_ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Farewell:
    """Makes those signals set a flag instead of ending us, while entered (in the main thread)."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> "Farewell":
        for number in _ASKING:
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def wait(self, seconds: float) -> bool:
        """Sleeps up to `seconds`; returns True as soon as we were asked to stop."""
        return self._asked.wait(seconds)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked.set()
