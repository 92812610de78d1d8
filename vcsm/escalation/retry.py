"""What a stored decision would have been under other terms. Pure: for backtests before enabling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from msgspec import UNSET, Struct, UnsetType

from vcsm.escalation.budget import price_of_minute, remember
from vcsm.escalation.decide import Decision, Facts, decide
from vcsm.escalation.worth import Stakes

HISTORY = timedelta(days=14)
CALLING = ("worth_more_elsewhere", "struggle_after_help", "severe_struggle")
"""Rules that speak of a struggle for which a human would be called, were minutes free."""


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


@dataclass(frozen=True, slots=True)
class PastCase:
    """A stored decision on its way through other terms."""

    at: datetime
    key: str
    """Contact and cause: a second escalation of the same key within a day costs no more minutes."""
    facts: Facts


def replay(
    cases: Sequence[PastCase], terms: Terms, *, minutes_a_day: float | None, kept: float = 0.0
) -> list[Decision]:
    """Decisions on all cases, in order of time, each priced by a budget of its own making.

    `minutes_a_day` None: no budget. `kept`: minutes of each day for those who ask. What followed
    from the decisions then (help shown, clicks after it) is taken as it was.
    """
    made: list[Decision] = []
    day, spent, called = date.min, 0.0, set[str]()
    past: list[tuple[datetime, float, float]] = []
    demand = remember([], days=HISTORY.days)
    for case in sorted(cases, key=lambda one: one.at):
        if case.at.date() != day:
            day, spent, called = case.at.date(), 0.0, set()
            past = [one for one in past if one[0] > case.at - HISTORY]
            demand = remember([one[1:] for one in past], days=HISTORY.days)
        midnight = datetime.combine(day, datetime.min.time(), case.at.tzinfo)
        price = None
        if minutes_a_day is not None:
            price = price_of_minute(
                left=minutes_a_day - spent - kept,
                a_day=minutes_a_day,
                day_left=1 - (case.at - midnight) / timedelta(days=1),
                demand=demand,
            )
        decision = re_decide(case.facts, msgspec.structs.replace(terms, price=price))
        made.append(decision)
        numbers = decision.numbers
        if decision.rule in CALLING and "value" in numbers:
            past.append((case.at, numbers["value"], numbers["minutes"]))
        if decision.action == "escalate" and case.key not in called:
            called.add(case.key)
            spent += numbers.get("minutes", case.facts.stakes.minutes)
    return made
