"""What a detector may listen to: a type of event, one way of it, or what the others say."""

from typing import get_args, get_type_hints

from msgspec import Struct

from vcsm.events.kinds import Any as AnyEvent
from vcsm.events.kinds import Input, Page
from vcsm.friction.signal import Signal

Heard = type[Struct] | tuple[type[Struct], str]
"""`Page` is every page event, `(Page, "reload")` one way of them."""

WAYS: dict[type[Struct], tuple[str, ...]] = {
    kind: get_args(get_type_hints(kind)["how"]) for kind in (Page, Input)
}
"""Types of which most events concern few detectors, with the ways of them: no two share one."""


def ways(kind: type[Struct], *hows: str) -> list[Heard]:
    """These ways of one type."""
    return [(kind, how) for how in hows]


def every(what: Heard) -> list[Heard]:
    """`what` in the smallest things that can be listened to."""
    return ways(what, *WAYS[what]) if isinstance(what, type) and what in WAYS else [what]


EVERYTHING: list[Heard] = [one for kind in (*get_args(AnyEvent), Signal) for one in every(kind)]

SHOWN = ways(Page, "load", "reload", "push", "back", "restore")
"""A page, and not merely another address of the one that stands there."""
ENDED = ways(Input, "submit", "reset")
"""A form has come to its end."""
