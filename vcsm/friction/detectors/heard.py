"""What a detector may listen to: a type of event, one way of it, or the others' signals."""

from typing import get_args, get_type_hints

from msgspec import Struct

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Input, Page
from vcsm.friction.signal import Signal

Heard = type[Struct] | tuple[type[Struct], str]
"""`Page` stands for every page event, `(Page, "reload")` for those of one way (`how`)."""

WAYS: dict[type[Struct], tuple[str, ...]] = {
    kind: get_args(get_type_hints(kind)["how"]) for kind in (Page, Input)
}
"""Types whose events mostly concern few detectors, with their ways; no two types share a way."""


def ways(kind: type[Struct], *hows: str) -> list[Heard]:
    """Returns the given ways of one type."""
    return [(kind, how) for how in hows]


def every(what: Heard) -> list[Heard]:
    """Splits `what` into the smallest things that can be listened to."""
    return ways(what, *WAYS[what]) if isinstance(what, type) and what in WAYS else [what]


EVERYTHING: list[Heard] = [one for kind in (*get_args(AnyEvent), Signal) for one in every(kind)]

SHOWN = ways(Page, "load", "reload", "push", "back", "restore")
"""A page was shown, not merely given another address."""
ENDED = ways(Input, "submit", "reset")
"""A form has come to its end."""
