"""The one error of this package: a sentence for a person, never a traceback."""

from pathlib import Path


class Trouble(Exception):
    """Says what is wrong, what was tried and what to do, in a sentence or two."""


def tail(log: Path, *, lines: int = 20) -> str:
    """Returns the last lines of a log, indented to go under a sentence; "" when there are none."""
    if not log.is_file():
        return ""
    text = log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
    return "".join(f"\n    {line}" for line in text)
