"""Stored decisions as a replay needs them. Pure."""

from dataclasses import dataclass
from datetime import datetime

from vcsm.escalation.decide import Facts
from vcsm.governance.allow import State
from vcsm.governance.guardrails import Guardrails


@dataclass(frozen=True, slots=True)
class Past:
    """One stored decision."""

    id: int
    at: datetime
    contact: int
    case: str
    """What it is about: the escalation it opened or updated, else session and place."""
    owner: str
    """The member who owns it or its account; empty when nobody does."""
    facts: Facts
    action: str
    rule: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A member's verdict on an escalation that was sent."""

    needed: bool
    drawn: bool
    """True when a random sample asked for it; only these verdicts are representative."""


@dataclass(frozen=True, slots=True)
class History:
    """The decisions of a workspace over some weeks."""

    since: datetime
    until: datetime
    cases: tuple[Past, ...]
    """In the order in which they were decided."""
    verdicts: dict[str, Judged]
    """By `Past.case`."""
    guardrails: Guardrails
    state: State
    """Approvals, kill switches and agents as they are now."""
    unread: int
    """Decisions left out because their facts have a shape that is no longer read."""
    cut: bool
    """Whether there were more decisions than a replay looks at; the oldest are then left out."""
