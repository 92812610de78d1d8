"""Why a human was called, in words, from the facts stored with the decision. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from vcsm.core.money import write_money
from vcsm.escalation.case import Facts
from vcsm.escalation.worth import value_of_help

MUCH, SOME = 1.0, 0.3
"""Log-odds from which a contribution raises the odds much (×2.7), or noticeably (×1.35)."""


@dataclass(frozen=True, slots=True)
class Because:
    """One thing that moved the chance that a human is needed."""

    words: str
    effect: str
    """`raises much`, `raises`, `raises a little`, and the same with `lowers`."""
    adds: float
    """What it adds to the log-odds, as stored with the decision."""


@dataclass(frozen=True, slots=True)
class Worth:
    """The expected value of a human's minutes here, and how it is worked out.

    Amounts are in the workspace's currency; `low` and `high` are the values at the bounds of the
    probability.
    """

    value: float
    how: str
    low: float
    high: float
    price: float | None
    """What the same minutes would bring elsewhere today; None: the workspace sets no budget."""
    revenue_known: bool
    minutes: float
    """How many minutes a human needs for a case."""


def because_of(facts: Facts) -> list[Because]:
    """Returns what spoke for and against, the strongest first; empty where no model was asked."""
    if facts.belief is None:
        return []
    moved = sorted(facts.belief.contributions.items(), key=lambda one: (-abs(one[1]), one[0]))
    return [
        Because(_words(name, facts), _effect(adds), adds)
        for name, adds in moved
        if name != "always" and abs(adds) >= 0.005
    ]


def worth_of_minutes(facts: Facts, *, currency: str) -> Worth | None:
    """Returns the worth, with `how` written in `currency`; None where no model was asked, as for
    decisions made before there was one."""
    belief, stakes = facts.belief, facts.stakes
    if belief is None:
        return None

    def value(chance: float) -> float:
        found = value_of_help(probability=chance, stakes=stakes, revenue=facts.annual_revenue)
        return round(found, 2)

    def money(amount: float) -> str:
        return write_money(amount, currency)

    known = facts.annual_revenue is not None
    revenue = stakes.revenue_if_unknown if facts.annual_revenue is None else facts.annual_revenue
    how = (
        f"{belief.probability:.0%} that a person is needed × {stakes.uplift:.1%} of "
        f"{money(revenue)} a year{'' if known else ' (assumed, not told)'} "
        f"× {stakes.margin:.0%} margin, less {1 - belief.probability:.0%} × "
        f"{money(stakes.annoyance)} for a false alarm and {stakes.minutes:g} minutes at "
        f"{money(stakes.minute_cost)}"
    )
    return Worth(
        value=value(belief.probability),
        how=how,
        low=value(belief.low),
        high=value(belief.high),
        price=None if facts.price is None else round(facts.price * stakes.minutes, 2),
        revenue_known=known,
        minutes=stakes.minutes,
    )


def _effect(adds: float) -> str:
    direction, size = "raises" if adds > 0 else "lowers", abs(adds)
    return (
        f"{direction} much"
        if size >= MUCH
        else direction
        if size >= SOME
        else (f"{direction} a little")
    )


def _words(name: str, facts: Facts) -> str:
    found = _SAID.get(name)
    return found(facts) if found else name[:1].upper() + name[1:]


def _repetition(facts: Facts) -> str:
    most = max(facts.signals, key=lambda signal: signal.count, default=None)
    if most is None:
        return "It was tried again and again"
    return f"Tried {most.count} times on the same thing"


def _days(count: int | None) -> str:
    if not count:
        return "less than a day"
    return "1 day" if count == 1 else f"{count} days"


def _history(facts: Facts) -> str:
    judged = facts.lately_needed + facts.lately_false
    return (
        f"Calls of this account with a verdict: {judged}, of which {facts.lately_needed} needed a "
        f"person"
    )


_SAID: dict[str, Callable[[Facts], str]] = {
    "struggle": lambda facts: f"Struggle in this visit: {facts.struggle:.0%}",
    "repetition": _repetition,
    "failed help": lambda facts: (
        f"Help was shown, and {facts.clicks_after_help} more clicks on the same thing followed"
    ),
    "dismissed help": lambda facts: "The help that was offered was dismissed",
    "no article fits": lambda facts: "No article fits",
    "unanswered before": lambda facts: (
        f"Earlier questions without an answer: {facts.turn.unanswered_before if facts.turn else 0}"
    ),
    "asked intent": lambda facts: "They wrote or chose what they want",
    "must reach a person": lambda facts: (
        f"It always reaches a person: {facts.turn.matter}"
        if facts.turn and facts.turn.matter
        else "They asked for a person"
    ),
    "renewal near": lambda facts: f"The account renews in {_days(facts.renews_in_days)}",
    "onboarding": lambda facts: f"The account is new: known for {_days(facts.days_known)}",
    "negative tone": lambda facts: "They sound unhappy",
    "tone worse than usual": lambda facts: "They sound unhappier than they usually do",
    "account's history": _history,
}
