"""What knowledge hands out: passages with their source, and answers, which may be refusals."""

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
    """The passage that is the answer; None when it is not known."""
    known: bool
    score: float
    """How sure the best passage is, even where that was not enough (`rank.sureness`)."""
    why: str
    """One sentence for a member: what was found, and the threshold it was compared with."""
    highlight: str = ""
    """The sentence of the passage that answers best."""
    near: tuple[Passage, ...] = ()
    """Passages found, best first, whether they are an answer or not."""
