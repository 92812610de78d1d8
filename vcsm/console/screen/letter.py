"""A draft in a language model's words, where one is configured and a member asks for it."""

from dataclasses import dataclass

from vcsm.console.screen.draft import Known, Sentence, claims, written_by_model
from vcsm.core import llm
from vcsm.core.ask import ask
from vcsm.knowledge.letter import SECONDS, TASK


@dataclass(frozen=True, slots=True)
class Letter:
    draft: list[Sentence]
    """Empty: there is none, and the draft made from records alone stands."""
    removed: int = 0
    """Sentences that the model wrote and no record supported."""
    why: str = ""
    """There is none."""


def ask_for_letter(known: Known) -> Letter:
    """Waits for a worker. Raises `core.ask.NobodyAnswered`."""
    if not llm.is_configured():
        return Letter([], why="No language model is configured.")
    records = [
        (f"{one.record.kind}: {one.record.label}", one.text)
        for one in claims(known)
        if one.record is not None
    ]
    if not records:
        return Letter([], why="Nothing is recorded yet that a letter could stand on.")
    asked = known.said.label if known.said else ""
    told = ask(TASK, seconds=SECONDS, asked=asked, records=records)
    if not told["sentences"]:
        return Letter([], why="The language model wrote nothing that the records support.")
    sentences = [(text, places[0]) for text, places in told["sentences"]]
    return Letter(written_by_model(known, sentences), told["removed"])
