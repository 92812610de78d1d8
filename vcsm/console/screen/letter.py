"""A draft in a language model's words, where one is configured and a member asks for it.

A model may be slow, so no request waits for it: one begins the draft, and later ones look for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from vcsm.accounts.models import Member
from vcsm.console.screen.draft import Known, Sentence, claims, written_by_model
from vcsm.console.screen.known import read_known, read_sources
from vcsm.core import llm
from vcsm.core.ask import NobodyAnswered, begin, look, note_of
from vcsm.escalation.models import Escalation
from vcsm.knowledge.letter import SECONDS, TASK

LOOK_SECONDS = 0.2
"""How long a request waits for the draft: little, as it holds a database connection meanwhile."""


@dataclass(frozen=True, slots=True)
class Letter:
    draft: list[Sentence]
    """The sentences; empty when there is no letter, and the template's draft stays."""
    removed: int = 0
    """How many of the model's sentences were removed because no record supported them."""
    why: str = ""
    """Why there is no draft; empty otherwise."""
    ticket: UUID | None = None
    """What to look for the draft with while it is being written."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose letter it is, and the records it is made from, which may change while it is written."""

    escalation: UUID
    member: int
    until: datetime
    known: Known


class NoSuchLetter(Exception):
    """This member did not ask for it, or too long ago."""


def begin_letter(escalation: Escalation, *, member: Member, now: datetime) -> Letter:
    """Asks for a letter; returns what there is of it within LOOK_SECONDS."""
    if not llm.is_configured():
        return Letter([], why="No language model is configured.")
    known = read_known(escalation, member=member, sources=read_sources(escalation))
    records = [
        (f"{one.record.kind}: {one.record.label}", one.text)
        for one in claims(known)
        if one.record is not None
    ]
    if not records:
        return Letter([], why="Nothing is recorded yet that a letter could stand on.")
    asked = _Asked(escalation.pk, member.pk, now + timedelta(seconds=SECONDS), known)
    ticket = begin(
        TASK,
        note=msgspec.json.encode(asked),
        seconds=SECONDS,
        asked=known.said.label if known.said else "",
        records=records,
    )
    return _look(ticket, asked, now=now)


def look_for_letter(
    ticket: UUID, escalation: Escalation, *, member: Member, now: datetime
) -> Letter:
    """Returns what there is of a letter that was asked for. Raises NoSuchLetter, and
    `core.ask.NobodyAnswered` when it was not written in time."""
    note = note_of(ticket)
    if note is None:
        raise NoSuchLetter
    asked = msgspec.json.decode(note, type=_Asked)
    if (asked.escalation, asked.member) != (escalation.pk, member.pk):
        raise NoSuchLetter
    return _look(ticket, asked, now=now)


def _look(ticket: UUID, asked: _Asked, *, now: datetime) -> Letter:
    told = look(ticket, seconds=LOOK_SECONDS)
    if told is None:
        if now > asked.until:
            raise NobodyAnswered
        return Letter([], ticket=ticket)
    if not told["sentences"]:
        return Letter([], why="The language model wrote nothing that the records support.")
    sentences = [(text, places[0]) for text, places in told["sentences"]]
    return Letter(written_by_model(asked.known, sentences), told["removed"])
