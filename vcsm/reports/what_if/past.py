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
    """What it is about: the escalation it opened or updated, or contact, session and place."""
    owner: str
    """The member whose account it is; empty: nobody's."""
    facts: Facts
    action: str
    rule: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A member's verdict on an escalation that was sent."""

    needed: bool
    drawn: bool
    """Asked of a random sample; only these prove anything about all of them."""


@dataclass(frozen=True, slots=True)
class History:
    """A workspace's weeks."""

    since: datetime
    until: datetime
    cases: tuple[Past, ...]
    """In the order in which they were decided."""
    verdicts: dict[str, Judged]
    """By `Past.case`."""
    guardrails: Guardrails
    state: State
    """Approvals, switches and agents as they are now."""
    unread: int
    """Decisions whose facts are of a shape that is no longer read."""
    cut: bool
    """There were more than a replay looks at: the oldest are left out."""
