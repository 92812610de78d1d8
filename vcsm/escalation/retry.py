"""What stored decisions would have been under other terms. Pure: for backtests before enabling."""

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
"""Rules that apply only to a struggle which would call a human if minutes were free."""


class Terms(Struct, frozen=True):
    """The terms that a policy sets for deciding; those left unset stay as they were that day."""

    stakes: Stakes | UnsetType = UNSET
    price: float | None | UnsetType = UNSET
    """Price of a human's minute (`budget.price_of_minute`); None: no budget."""
    send_from: float | None | UnsetType = UNSET
    """The certified threshold; None: none in force."""


def re_decide(facts: Facts, terms: Terms) -> Decision:
    """Decides on the same facts under these terms; with none set, the result has the same bytes."""
    changes = {
        name: value for name, value in msgspec.structs.asdict(terms).items() if value is not UNSET
    }
    return decide(msgspec.structs.replace(facts, **changes))


@dataclass(frozen=True, slots=True)
class PastCase:
    """A stored decision to be made again under other terms."""

    at: datetime
    key: str
    """Contact and cause: a second escalation of the same key on one day costs no more minutes."""
    facts: Facts


def replay(
    cases: Sequence[PastCase], terms: Terms, *, minutes_a_day: float | None, kept: float = 0.0
) -> list[Decision]:
    """Decides on all cases in order of time, each priced by the budget that the run itself spends.

    `minutes_a_day` None: no budget. `kept`: minutes of each day reserved for contacts who ask. What
    happened after the decisions at the time (help shown, clicks after it) is taken as it was.
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
