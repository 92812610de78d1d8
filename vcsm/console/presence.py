"""Who is looking at which escalation, told among the open consoles of a workspace.

Nothing is stored: each socket tells the others what it looks at, tells newcomers when they ask, and
says it again every half minute, so that whoever vanished without a word is forgotten.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

FORGOTTEN_AFTER = 75
"""Seconds without a word after which a page forgets a member; twice `CHECK_EVERY`, and some."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one socket of a member looks at; None: at no escalation."""

    socket: str
    member: int
    name: str
    escalation: UUID | None


def look_frame(look: Look) -> dict[str, Any]:
    """As it goes to the pages; `socket` keeps two windows of one member apart."""
    return {
        "what": "looking",
        "socket": look.socket,
        "member": {"id": look.member, "name": look.name},
        "escalation": str(look.escalation) if look.escalation else None,
    }
