"""Who is looking at which escalation, as the open consoles of a workspace tell each other.

Nothing is stored: each socket tells the others what it looks at, tells newcomers when they ask, and
repeats it every half minute, so that a member who vanished without a word is forgotten.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

FORGOTTEN_AFTER = 75
"""Seconds of silence after which a page forgets a member: somewhat over twice `CHECK_EVERY`."""


@dataclass(frozen=True, slots=True)
class Look:
    """Which escalation one socket of a member looks at; None: none."""

    socket: str
    member: int
    name: str
    escalation: UUID | None


def look_frame(look: Look) -> dict[str, Any]:
    """Returns the frame for the pages; `socket` keeps two windows of one member apart."""
    return {
        "what": "looking",
        "socket": look.socket,
        "member": {"id": look.member, "name": look.name},
        "escalation": str(look.escalation) if look.escalation else None,
    }
