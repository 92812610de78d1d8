"""What knowledge hands out: passages with their source, and answers that may be a refusal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Passage:
    article_id: int
    chunk_id: int
    title: str
    url: str
    heading: str
    text: str
    score: float
    """How well it answers, roughly 0 to 1.2; comparable within one workspace."""


@dataclass(frozen=True)
class Answer:
    passage: Passage | None
    """The passage itself is the answer; None when it is not known."""
    known: bool
    score: float
    """Of the best passage, also of one that was not good enough."""
    why: str
    """One sentence for a member: what was found and against which threshold."""
    highlight: str = ""
    """The sentence of the passage that answers best."""
