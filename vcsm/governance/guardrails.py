"""The can/can't list: read from TOML and checked as a whole. Pure."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from vcsm.governance.autonomy import Level, Outcome
from vcsm.governance.use_cases import EFFECTS, find_use_case

WRITTEN = Path(__file__).with_name("guardrails.toml")
"""The list of a workspace that has put none of its own in force."""
LONGEST = 64_000
"""The most characters of a list."""

Count = Annotated[int, Meta(ge=0, le=1_000)]
Words = Annotated[str, Meta(min_length=1, max_length=300)]


class ListUnreadable(Exception):
    """The text is not a list, or fails its own checks; the message is one sentence."""


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """A contact's budget of interruptions, over all their browsers."""

    interruptions_a_day: Count
    """In any 24 hours."""
    interruptions_a_week: Count
    """In any 7 days."""


class Can(Struct, frozen=True, forbid_unknown_fields=True):
    """A use case that the list allows, up to a level."""

    use_case: str
    at_most: Level
    words: Words


class Cannot(Struct, frozen=True, forbid_unknown_fields=True):
    """An effect that the list forbids in any use case."""

    effect: str
    words: Words


class Check(Struct, frozen=True, forbid_unknown_fields=True):
    """What the list must lead to for one act; see `checks.failed_checks`."""

    use_case: str
    approved: Level
    expect: Outcome
    effects: tuple[str, ...] = ()
    interruptions_today: Count = 0
    interruptions_this_week: Count = 0


class Guardrails(Struct, frozen=True, forbid_unknown_fields=True):
    """A can/can't list as it is read from TOML."""

    contact: Contact
    can: tuple[Can, ...] = ()
    cannot: tuple[Cannot, ...] = ()
    check: tuple[Check, ...] = ()

    def at_most(self, use_case: str) -> Level:
        """Returns the highest level the list allows; "off" if it does not name the use case."""
        return next((one.at_most for one in self.can if one.use_case == use_case), "off")


def read_guardrails(text: str) -> Guardrails:
    """Raises `ListUnreadable` if it is not TOML, not a list, or names something unknown."""
    if len(text) > LONGEST:
        raise ListUnreadable(f"The list is longer than {LONGEST} characters.")
    try:
        read = msgspec.convert(tomllib.loads(text), Guardrails)
    except tomllib.TOMLDecodeError as error:
        raise ListUnreadable(f"The list is not TOML: {error}.") from error
    except (msgspec.ValidationError, RecursionError) as error:
        raise ListUnreadable(f"The list is not understood: {error}.") from error
    _refuse_unknown(read)
    return read


def _refuse_unknown(read: Guardrails) -> None:
    """Refuses misspelt names, which would allow or forbid nothing without anybody noticing."""
    named = [one.use_case for one in read.can]
    for key in named:
        if find_use_case(key) is None:
            raise ListUnreadable(f"There is no use case {key!r}.")
        if named.count(key) > 1:
            raise ListUnreadable(f"The list names the use case {key!r} twice.")
    for effect in (*(one.effect for one in read.cannot), *_checked_effects(read)):
        if effect not in EFFECTS:
            raise ListUnreadable(f"There is no effect {effect!r}; known: {', '.join(EFFECTS)}.")
    if read.contact.interruptions_a_week < read.contact.interruptions_a_day:
        raise ListUnreadable("A contact's week must allow at least what their day allows.")


def _checked_effects(read: Guardrails) -> list[str]:
    return [effect for check in read.check for effect in check.effects]


@lru_cache(maxsize=1)
def written_guardrails() -> Guardrails:
    return read_guardrails(written_text())


def written_text() -> str:
    return WRITTEN.read_text()
