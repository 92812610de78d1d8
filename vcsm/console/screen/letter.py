"""A draft in a language model's words, where one is configured and a member asks for it.

It takes as long as the model does, so no request waits for it: one begins it, and later ones look.
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
"""So long a request waits for it: it holds a connection to the database meanwhile."""


@dataclass(frozen=True, slots=True)
class Letter:
    draft: list[Sentence]
    """Empty: there is none, and the draft made from records alone stands."""
    removed: int = 0
    """Sentences that the model wrote and no record supported."""
    why: str = ""
    """There is none."""
    ticket: UUID | None = None
    """It is being written: look again with this."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose letter it is, and what it is made of: records may change while it is written."""

    escalation: UUID
    member: int
    until: datetime
    known: Known


class NoSuchLetter(Exception):
    """Nobody asked for it, or another member, or too long ago."""


def begin_letter(escalation: Escalation, *, member: Member, now: datetime) -> Letter:
    """What there is of it within LOOK_SECONDS."""
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
    """Raises NoSuchLetter, and `core.ask.NobodyAnswered` when it took too long."""
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
