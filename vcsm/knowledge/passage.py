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
    """How sure the best passage is, also where that was not enough (`rank.sureness`)."""
    why: str
    """One sentence for a member: what was found and against which threshold."""
    highlight: str = ""
    """The sentence of the passage that answers best."""
    near: tuple[Passage, ...] = ()
    """What was found, best first, whether it is an answer or not."""
