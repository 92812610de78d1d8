"""One search over everything a member may see."""

from dataclasses import dataclass
from datetime import datetime

from vcsm.console.finding import by_words
from vcsm.console.finding.by_meaning import find_near_articles, find_near_said
from vcsm.console.finding.hit import Hit, words_of
from vcsm.core.ask import NobodyAnswered

LONGEST = 200
EACH = 5
"""The most hits of each kind."""

KINDS = {
    "account": by_words.find_accounts,
    "contact": by_words.find_contacts,
    "escalation": by_words.find_escalations,
    "problem": by_words.find_problems,
    "message": by_words.find_messages,
    "article": by_words.find_articles,
    "intent": by_words.find_intents,
}
WAYS = ("both", "words", "meaning")


@dataclass(frozen=True, slots=True)
class Group:
    kind: str
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Found:
    groups: list[Group]
    """In the order of `KINDS`; a kind with no hit is left out."""
    unread: str
    """Why the search by meaning that was asked for failed; empty when it did not."""


def find(*, workspace_id: int, asked: str, way: str, now: datetime) -> Found:
    """Searches by words, by meaning or both (`way`); what its words found is not repeated."""
    asked = asked[:LONGEST].strip()
    words = words_of(asked)
    hits: dict[str, list[Hit]] = {kind: [] for kind in KINDS}
    if words and way != "meaning":
        hits = {kind: look(workspace_id, words, EACH) for kind, look in KINDS.items()}
    unread = ""
    if words and way != "words":
        try:
            for hit in _near(workspace_id, asked, now):
                there = hits[hit.kind]
                if len(there) < EACH and hit.id not in {one.id for one in there}:
                    there.append(hit)
        except NobodyAnswered as error:
            unread = str(error)
    return Found([Group(kind, found) for kind, found in hits.items() if found], unread)


def _near(workspace_id: int, asked: str, now: datetime) -> list[Hit]:
    intents, said = find_near_said(workspace_id, asked, EACH, now=now)
    return [*find_near_articles(workspace_id, asked, EACH), *intents, *said]
