"""Decides the same facts again under a change, in their order. Pure: no clock, no database.

What the change affects is simulated along the way: minutes spent today raise the price of the next
one, and what a contact was shown counts against their day and week.
"""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from msgspec import UNSET

from vcsm.escalation.budget import price_of_minute, remember, reserve
from vcsm.escalation.decide import RULES, Facts
from vcsm.escalation.retry import Terms, re_decide
from vcsm.escalation.worth import Stakes, value_of_help
from vcsm.governance.allow import Request, State, allow
from vcsm.governance.guardrails import Guardrails
from vcsm.governance.use_cases import ANSWER_QUESTIONS, CALL_PERSON, OFFER_HELP
from vcsm.reports.what_if.change import Change, read_list
from vcsm.reports.what_if.past import History, Past

DAY, WEEK, HISTORY = timedelta(days=1), timedelta(days=7), timedelta(days=14)
CALLED = ("worth_more_elsewhere", "struggle_after_help", "severe_struggle")
URGENT = ("asked_for_person", "always_human")


@dataclass(frozen=True, slots=True)
class Again:
    """One decision made again."""

    past: Past
    action: str
    rule: str


def replay(history: History, change: Change) -> list[Again]:
    """Returns one decision for each of `history.cases`, in their order; an empty change gives the
    decisions that were made."""
    run = _Run(history, change)
    return [run.decide(past) for past in history.cases]


class _Run:
    """One replay, and what has been spent and shown so far."""

    def __init__(self, history: History, change: Change) -> None:
        self._change = change
        self._list: Guardrails = read_list(change) or history.guardrails
        approved = dict(history.state.approved)
        approved.update({} if change.levels is UNSET else change.levels)
        self._state = State(
            approved=approved,
            stopped=history.state.stopped if change.stopped is UNSET else frozenset(change.stopped),
            agents=history.state.agents,
        )
        self._shown: dict[int, deque[datetime]] = defaultdict(deque)
        self._budget = _Budget(change, history.cases)

    def decide(self, past: Past) -> Again:
        facts = past.facts
        if self._change.is_about_guardrails:
            facts = msgspec.structs.replace(facts, barred=self._barred(past))
        price = self._budget.price(past)
        terms = Terms(stakes=_stakes(self._change), price=price, send_from=self._change.send_from)
        action, rule = _decide(facts, terms, self._change.without)
        if action == "offer" and facts.turn is None:
            self._shown[past.contact].append(past.at)
        if action == "escalate":
            self._budget.spend(past)
        return Again(past, action, rule)

    def _barred(self, past: Past) -> dict[str, str]:
        shown = self._shown[past.contact]
        while shown and shown[0] <= past.at - WEEK:
            shown.popleft()
        state = msgspec.structs.replace(
            self._state,
            interruptions_today=sum(at > past.at - DAY for at in shown),
            interruptions_this_week=len(shown),
        )
        rulings = {
            key: allow(Request(use_case=key), self._list, state)
            for key in (OFFER_HELP, ANSWER_QUESTIONS, CALL_PERSON)
        }
        return {key: ruling.rule for key, ruling in rulings.items() if not ruling.allowed}


class _Budget:
    """The minutes of a changed budget, spent day by day. Where the budget is not changed, prices
    are `UNSET`; where the change has no budget, None."""

    def __init__(self, change: Change, cases: Iterable[Past]) -> None:
        self._a_day = change.minutes_a_day
        changed = _stakes(change)
        self._stakes = changed if isinstance(changed, Stakes) else None
        self._cases = list(cases) if self._a_day not in (UNSET, None) else []
        self._day: datetime | None = None
        self._opened: set[str] = set()
        self._spent = 0.0
        self._known: list[tuple[datetime, float, float]] = []
        self._urgent: list[tuple[datetime, str]] = []
        self._seen = 0

    def price(self, past: Past) -> float | None | msgspec.UnsetType:
        if self._a_day is UNSET or self._a_day is None:
            return self._a_day
        assert isinstance(self._a_day, float | int)
        midnight = past.at.replace(hour=0, minute=0, second=0, microsecond=0)
        if midnight != self._day:
            self._day, self._spent = midnight, 0.0
            self._remember(midnight)
        day_left = 1 - (past.at - midnight) / DAY
        minutes = self._stakes_of(past.facts).minutes
        urgent = len({case for at, case in self._urgent if at >= midnight - HISTORY})
        kept = reserve(cases_a_day=urgent / HISTORY.days, minutes=minutes, day_left=day_left)
        return price_of_minute(
            left=self._a_day - self._spent - kept,
            a_day=self._a_day,
            day_left=day_left,
            demand=self._demand,
        )

    def spend(self, past: Past) -> None:
        """Spends a case's minutes the first time it is sent; more evidence for it costs nothing."""
        if past.case not in self._opened:
            self._opened.add(past.case)
            self._spent += self._stakes_of(past.facts).minutes

    def _remember(self, midnight: datetime) -> None:
        """Takes in what called for a human on earlier days, as `escalation.weigh` reads it."""
        while self._seen < len(self._cases) and self._cases[self._seen].at < midnight:
            past = self._cases[self._seen]
            self._seen += 1
            if past.rule in URGENT:
                self._urgent.append((past.at, past.case))
            facts = past.facts
            if past.rule in CALLED and facts.belief is not None:
                stakes = self._stakes_of(facts)
                value = value_of_help(
                    probability=facts.belief.probability,
                    stakes=stakes,
                    revenue=facts.annual_revenue,
                )
                self._known.append((past.at, value, stakes.minutes))
        self._known = [one for one in self._known if one[0] >= midnight - HISTORY]
        self._demand = remember([one[1:] for one in self._known], days=HISTORY.days)

    def _stakes_of(self, facts: Facts) -> Stakes:
        return self._stakes or facts.stakes


def _decide(facts: Facts, terms: Terms, without: tuple[str, ...]) -> tuple[str, str]:
    if not without:
        decision = re_decide(facts, terms)
        return decision.action, decision.rule
    told = {
        name: value for name, value in msgspec.structs.asdict(terms).items() if value is not UNSET
    }
    changed = msgspec.structs.replace(facts, **told)
    for rule in RULES:
        ruling = None if rule.__name__ in without else rule(changed)
        if ruling is not None:
            return ruling[0], rule.__name__
    raise AssertionError("the last rule cannot be left out")


def _stakes(change: Change) -> Stakes | msgspec.UnsetType:
    if change.stakes is UNSET:
        return UNSET
    return Stakes(**msgspec.structs.asdict(change.stakes))
