"""One thing that was found, and which of its characters matched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 180
"""How many characters of a text are shown, around the first match."""
BEFORE = 50
"""How many of them come before the match."""
MOST_WORDS = 6

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    id: str
    title: str
    title_marks: Marks
    """The start and end of each match, in code points of `title`."""
    text: str
    text_marks: Marks
    note: str
    """What or whose it is, in few words."""
    address: str
    """Where the console opens it; empty when nowhere."""
    by: str
    """`words` or `meaning`."""


def words_of(asked: str) -> list[str]:
    """Returns the first MOST_WORDS words of what was typed."""
    return asked.replace("\x00", " ").split()[:MOST_WORDS]


def mark(text: str, words: Sequence[str]) -> Marks:
    """Returns where the words occur in the text, in any case: at most 20, none overlapping."""
    if not words or not text:
        return ()
    longest_first = sorted(set(words), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    return tuple((found.start(), found.end()) for found in pattern.finditer(text))[:20]


def make_hit(
    *,
    kind: str,
    id: object,
    title: str,
    text: str,
    note: str,
    address: str,
    words: Sequence[str],
    by: str = "words",
) -> Hit:
    """Returns a hit with title and text cut to one line each and the matches of `words` marked."""
    title, shown = " ".join(title.split())[:200], cut(text, words)
    return Hit(
        kind=kind,
        id=str(id),
        title=title,
        title_marks=mark(title, words),
        text=shown,
        text_marks=mark(shown, words),
        note=note,
        address=address,
        by=by,
    )


def cut(text: str, words: Sequence[str]) -> str:
    """Returns at most SHOWN characters of the text around the first match, on one line."""
    line = " ".join(text.split())
    if len(line) <= SHOWN:
        return line
    marks = mark(line, words)
    first = marks[0][0] if marks else 0
    start = max(0, min(first - BEFORE, len(line) - SHOWN))
    head = "…" if start else ""
    tail = "…" if start + SHOWN < len(line) else ""
    return f"{head}{line[start : start + SHOWN].strip()}{tail}"
