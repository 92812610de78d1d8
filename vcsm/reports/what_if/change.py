"""A change that somebody considers making. Pure."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from vcsm.escalation.decide import RULES
from vcsm.escalation.policy import StakesFile
from vcsm.governance.autonomy import LADDER, Level
from vcsm.governance.checks import refuse_failing
from vcsm.governance.guardrails import Guardrails, ListUnreadable, read_guardrails
from vcsm.governance.use_cases import find_use_case

Share = Annotated[float, Meta(ge=0, le=1)]
Minutes = Annotated[float, Meta(ge=0, le=1e6)]

ALWAYS = ("member_present", "asked_for_person", "always_human", "second_unknown_answer")
"""Rules that cannot be left out: they let everybody who must reach a person do so."""


class ChangeUnreadable(Exception):
    """The change makes no sense; the message is one sentence."""


class Change(Struct, frozen=True, forbid_unknown_fields=True):
    """A change; what is left unset stays as it was at each moment."""

    minutes_a_day: Minutes | None | UnsetType = UNSET
    """Minutes of all members together; null: no budget."""
    send_from: Share | None | UnsetType = UNSET
    """The score, 0 to 1, from which a struggle calls a person; null: no threshold."""
    stakes: StakesFile | UnsetType = UNSET
    without: tuple[str, ...] = ()
    """Names of rules in `decide.RULES` to leave out."""
    guardrails: str | UnsetType = UNSET
    """The text of a can/can't list."""
    levels: dict[str, Level] | UnsetType = UNSET
    """Level by use case, on top of what is approved now."""
    stopped: tuple[str, ...] | UnsetType = UNSET
    """Kill switches, such as `use_case:offer_help`."""

    @property
    def is_about_guardrails(self) -> bool:
        return any(one is not UNSET for one in (self.guardrails, self.levels, self.stopped))


def read_change(told: object) -> Change:
    """Reads a change from JSON types. Raises `ChangeUnreadable`."""
    try:
        change = msgspec.convert(told, Change)
    except msgspec.ValidationError as error:
        raise ChangeUnreadable(f"The change is not understood: {error}.") from error
    known = {rule.__name__ for rule in RULES}
    for name in change.without:
        if name not in known:
            raise ChangeUnreadable(f"There is no rule {name!r}.")
        if name in ALWAYS or name == RULES[-1].__name__:
            raise ChangeUnreadable(f"The rule {name!r} cannot be left out.")
    if change.levels is not UNSET:
        for key, level in change.levels.items():
            if find_use_case(key) is None or level not in LADDER:
                raise ChangeUnreadable(f"There is no use case {key!r}.")
    read_list(change)
    return change


def read_list(change: Change) -> Guardrails | None:
    """Returns the change's can/can't list, or None where it leaves the list alone.

    Raises `ChangeUnreadable`.
    """
    if change.guardrails is UNSET:
        return None
    try:
        guardrails = read_guardrails(change.guardrails)
        refuse_failing(guardrails)
    except ListUnreadable as error:
        raise ChangeUnreadable(str(error)) from error
    return guardrails
