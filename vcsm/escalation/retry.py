"""What a stored decision would have been under other terms. Pure: for backtests before enabling."""

import msgspec
from msgspec import UNSET, Struct, UnsetType

from vcsm.escalation.decide import Decision, Facts, decide
from vcsm.escalation.worth import Stakes


class Terms(Struct, frozen=True):
    """The part of a policy that decides; what is left unset stays as it was that day."""

    stakes: Stakes | UnsetType = UNSET
    price: float | None | UnsetType = UNSET
    """Of a human's minute (`budget.price_of_minute`); None: no budget."""
    send_from: float | None | UnsetType = UNSET
    """The certified threshold; None: none."""


def re_decide(facts: Facts, terms: Terms) -> Decision:
    """The decision on the same facts under these terms; with none set, the very same bytes."""
    changes = {
        name: value for name, value in msgspec.structs.asdict(terms).items() if value is not UNSET
    }
    return decide(msgspec.structs.replace(facts, **changes))
