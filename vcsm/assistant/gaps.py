"""Groups the questions that no article answers: what to write next."""

from dataclasses import dataclass
from datetime import datetime

from vcsm.core import embeddings
from vcsm.intent.discover import discover
from vcsm.intent.person import wants_human
from vcsm.knowledge.answered import unanswered_questions

AT_MOST = 1_000
GROUPS = 40


@dataclass(frozen=True)
class Gap:
    """Questions that call for the same article."""

    title: str
    """The most central question, as it was asked."""
    phrases: tuple[str, ...]
    questions: tuple[str, ...]
    """The most central first, each wording once."""
    asked: int
    last_at: datetime


def find_gaps(*, workspace_id: int, since: datetime) -> list[Gap]:
    """Groups the questions since then that no article answered, most asked first."""
    asked = unanswered_questions(workspace_id=workspace_id, since=since, at_most=AT_MOST)
    # A contact who asks for a person is given one: that is no missing article.
    rows = [row for row in asked if not wants_human(row[0])]
    texts = [text for text, _ in rows]
    if not texts:
        return []
    groups = discover(texts, embeddings.read_many(texts)[1])
    return [
        Gap(
            title=group.title,
            phrases=group.phrases,
            questions=tuple({texts[i].casefold(): texts[i] for i in group.members}.values())[:8],
            asked=len(group.members),
            last_at=max(rows[i][1] for i in group.members),
        )
        for group in groups[:GROUPS]
    ]
