"""A reply for a member to edit, made from records: each claim names the one it stands on. Pure.

`write_draft` is a template; `written_by_model` puts a model's checked sentences between the same
greeting and question.

A sentence that would need something nobody recorded is left out. What claims nothing (greeting,
question, name) stands on nothing and says so by having no record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

QUOTED = 160
LONGEST_PASSAGE = 600


@dataclass(frozen=True, slots=True)
class Record:
    """What a claim stands on; `id` is unique within its kind."""

    kind: str
    """`signal`, `said`, `article`, `problem` or `promise`."""
    id: str
    label: str
    """What the record says, as a reader checks it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    record: Record | None = None
    """None: it claims nothing."""


_CLOSING = Sentence("Shall we do it together now?")


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to say something of; empty or None: nothing is known of it."""

    first_name: str
    """Empty for an anonymous contact."""
    member: str
    workspace: str
    signals: list[Record] = field(default_factory=list)
    signal_words: str = ""
    """Of the first of them: what the contact tried and the page did not do."""
    said: Record | None = None
    passage: Record | None = None
    passage_text: str = ""
    passage_known: bool = False
    problem: Record | None = None
    problem_state: str = ""
    promise: Record | None = None


def write_draft(known: Known) -> list[Sentence]:
    """In the order of a letter; between two and nine sentences."""
    said = []
    if known.said is not None:
        said = [Sentence(f"You wrote: “{_short(known.said.label)}”", known.said)]
    return [*_opening(known), *said, *claims(known), _CLOSING]


def claims(known: Known) -> list[Sentence]:
    """What may be claimed to the contact; every one has its record. Their own words are none."""
    found = []
    if known.signals and known.signal_words:
        found.append(Sentence(known.signal_words, known.signals[0]))
    found += _what_helps(known)
    if known.promise is not None:
        text = f"What we promised you is not forgotten: {_short(known.promise.label)}."
        found.append(Sentence(text, known.promise))
    return found


def written_by_model(known: Known, sentences: Sequence[tuple[str, int]]) -> list[Sentence]:
    """`sentences`: each with its place in `claims(known)`."""
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
