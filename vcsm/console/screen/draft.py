"""A reply for a member to edit, in which each claim names the record that supports it. Pure.

`write_draft` is a template; `written_by_model` puts a model's checked sentences between the same
greeting and question.

A sentence that no record supports is left out. A sentence that claims nothing (greeting, name,
question) has no record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

QUOTED = 160
LONGEST_PASSAGE = 600


@dataclass(frozen=True, slots=True)
class Record:
    """What supports a claim; `id` is unique within its kind."""

    kind: str
    """`signal`, `said`, `article`, `problem` or `promise`."""
    id: str
    label: str
    """What the record says, for a reader to check."""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    record: Record | None = None
    """The record that supports it; None when it claims nothing."""


_CLOSING = Sentence("Shall we do it together now?")


@dataclass(frozen=True, slots=True)
class Known:
    """What a draft can be made from; an empty field or None means that nothing is known."""

    first_name: str
    """Empty for an anonymous contact."""
    member: str
    workspace: str
    signals: list[Record] = field(default_factory=list)
    signal_words: str = ""
    """A sentence about the first signal: what the contact tried and the page did not do."""
    said: Record | None = None
    passage: Record | None = None
    passage_text: str = ""
    passage_known: bool = False
    problem: Record | None = None
    problem_state: str = ""
    promise: Record | None = None


def write_draft(known: Known) -> list[Sentence]:
    """Returns the draft's three to seven sentences, in order."""
    said = []
    if known.said is not None:
        said = [Sentence(f"You wrote: “{_short(known.said.label)}”", known.said)]
    return [*_opening(known), *said, *claims(known), _CLOSING]


def claims(known: Known) -> list[Sentence]:
    """Returns what may be claimed to the contact, each with its record; their own words are no
    claim."""
    found = []
    if known.signals and known.signal_words:
        found.append(Sentence(known.signal_words, known.signals[0]))
    found += _what_helps(known)
    if known.promise is not None:
        text = f"What we promised you is not forgotten: {_short(known.promise.label)}."
        found.append(Sentence(text, known.promise))
    return found


def written_by_model(known: Known, sentences: Sequence[tuple[str, int]]) -> list[Sentence]:
    """Returns the draft with a model's sentences, each given with the index in `claims(known)` of
    the claim that supports it."""
    stood_on = claims(known)
    middle = [Sentence(text, stood_on[place].record) for text, place in sentences]
    return [*_opening(known), *middle, _CLOSING]


def _opening(known: Known) -> list[Sentence]:
    hello = f"Hello {known.first_name}," if known.first_name else "Hello,"
    return [Sentence(hello), Sentence(f"this is {known.member} from {known.workspace}.")]


def _what_helps(known: Known) -> list[Sentence]:
    if known.problem is not None:
        told = {
            "claimed": "We believe it is fixed and are watching that it stays so.",
            "acknowledged": "We know of it, and the team is on it.",
            "open": "You are not the only one it happens to.",
        }
        return [Sentence(told[known.problem_state], known.problem)]
    if known.passage is not None and known.passage_known and known.passage_text:
        return [Sentence(_short(known.passage_text, LONGEST_PASSAGE), known.passage)]
    return []


def _short(text: str, most: int = QUOTED) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
