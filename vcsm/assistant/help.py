"""What to offer a contact who is stuck: the best passage of the articles, or a person."""

from dataclasses import dataclass

from vcsm.friction.models import FrictionSignal
from vcsm.intent.models import CapturedIntent
from vcsm.knowledge.answer import Edition, help_for
from vcsm.knowledge.passage import Passage

EXCERPT = 280
"""How many characters of a passage a nudge shows; the panel shows all of it."""


@dataclass(frozen=True, slots=True)
class Help:
    title: str
    text: str
    source: dict[str, str] | None
    """None: no article fits, and a person is offered."""


def find_help(
    signal: FrictionSignal, intent: CapturedIntent | None, *, edition: Edition | None
) -> Help:
    """Finds help for a signal; `edition` is that of the workspace's articles (`edition_of`)."""
    found = help_for(
        workspace_id=signal.workspace_id,
        page=signal.page,
        element_name=signal.element_name,
        intent_title=intent.intent.title if intent and intent.intent else "",
        signal_kind=signal.kind,
        edition=edition,
    )
    if found.passage is None:
        return Help(
            title="Is something not working?",
            text="We noticed that this did not do what you wanted. A person can help you with it.",
            source=None,
        )
    passage = found.passage
    return Help(
        title=passage.heading or passage.title,
        text=excerpt(passage.text),
        source=source_of(passage),
    )


def source_of(passage: Passage) -> dict[str, str]:
    """Says where a passage comes from, so that the reader can look it up."""
    return {"title": passage.title, "heading": passage.heading, "url": passage.url}


def excerpt(text: str) -> str:
    """As many whole sentences as fit into `EXCERPT`, else the cut text with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= EXCERPT:
        return flat
    cut = flat[:EXCERPT]
    sentences, stop, _ = cut.rpartition(". ")
    return f"{sentences}." if stop else f"{cut.rstrip()}…"
