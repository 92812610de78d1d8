"""Continue, offer or escalate: a pure function from facts to a Decision.

It reads no clock, no database and no framework, so a stored decision can be made again from its
stored facts. Rules are tried in the order of `RULES`; the first that speaks decides. The score is
the session's struggle, raised when help was tried and did not work; it orders the queue and never
overrides an explicit wish for a person.
"""

from collections.abc import Callable
from typing import Literal

import msgspec
from msgspec import Struct

from vcsm.escalation.worth import Belief, Stakes, value_of_help

OFFER_AT = 0.3
"""Struggle from which help is worth an interruption: three dead clicks on one thing, some
seconds apart, are."""
ESCALATE_AT = 0.9
"""Struggle from which a person is worth calling even where no help could be offered first."""
GOES_ON = 2
"""Clicks on what does not work, after help was shown, that say it did not help. One may be on its
way when the nudge appears."""

Action = Literal["continue", "offer", "escalate"]
Reason = Literal[
    "asked",
    "matter",
    "friction",
    "failed_help",
    "unknown_answer",
    "human_present",
    "displaced",
    "calm",
    "helped",
]


class SignalFact(Struct, frozen=True):
    """One friction signal of the session, not retracted."""

    id: str
    kind: str
    severity: float
    count: int
    element: str
    page: str


class TurnFact(Struct, frozen=True):
    """What the contact just wrote or chose, understood."""

    message: int | None
    asks_for_person: bool
    outcome: str
    """sure, unsure or none, as `vcsm.intent` understood it."""
    answer_known: bool
    unanswered_before: int
    """Turns before this one, in this conversation, for which no answer was known either."""
    matter: str = ""
    """What must always reach a human (`matters`), where the turn is about such a thing."""


class Facts(Struct, frozen=True):
    """Everything a decision is made from."""

    signals: tuple[SignalFact, ...] = ()
    struggle: float = 0.0
    turn: TurnFact | None = None
    help_shown: bool = False
    """Help for this very cause was put in front of the contact."""
    help_dismissed: bool = False
    clicks_after_help: int = 0
    nudged_lately: bool = False
    """Help for this or another cause appeared a moment ago."""
    help_known: bool = True
    """An article fits; otherwise only a person can be offered."""
    member_present: bool = False
    annual_revenue: float | None = None
    renews_in_days: int | None = None
    intent_known: bool = False
    belief: Belief | None = None
    """How likely it is that a human is needed; None where nobody asked the model."""
    stakes: Stakes = Stakes()
    price: float | None = None
    """Of a human's minute at that moment; None where the workspace sets no budget."""


class Decision(Struct, frozen=True):
    action: Action
    reason: Reason
    rule: str
    score: float
    evidence: tuple[str, ...]
    """Ids of the signals, and `message:<id>` of the turn, that it stands on."""
    unseen: tuple[str, ...]
    numbers: dict[str, float]


Ruling = tuple[Action, Reason] | None


def member_present(facts: Facts) -> Ruling:
    """A member has taken over: the assistant keeps out of it."""
    return ("continue", "human_present") if facts.member_present else None


def asked_for_person(facts: Facts) -> Ruling:
    """Whoever asks for a person gets one, whatever else is known."""
    return ("escalate", "asked") if facts.turn and facts.turn.asks_for_person else None


def always_human(facts: Facts) -> Ruling:
    """Security, law, a disputed bill, an outage, somebody's safety: no article and no price."""
    return ("escalate", "matter") if facts.turn and facts.turn.matter else None


def second_unknown_answer(facts: Facts) -> Ruling:
    """We did not know once, offered a person, and do not know again: they should not ask thrice."""
    turn = facts.turn
    if turn and not turn.answer_known and turn.unanswered_before:
        return "escalate", "failed_help"
    return None


def unknown_answer(facts: Facts) -> Ruling:
    """Say that we do not know, and offer a person."""
    return ("offer", "unknown_answer") if facts.turn and not facts.turn.answer_known else None


def answered_turn(facts: Facts) -> Ruling:
    """A question we can answer needs nobody else."""
    return ("continue", "helped") if facts.turn else None


def worth_more_elsewhere(facts: Facts) -> Ruling:
    """A human's minutes will bring more elsewhere today than on this struggle: help goes on."""
    called = struggle_after_help(facts) or severe_struggle(facts)
    if not called or facts.belief is None or facts.price is None:
        return None
    if _value(facts, facts.belief.probability) >= facts.price * facts.stakes.minutes:
        return None
    return ("offer" if first_struggle(facts) else "continue"), "displaced"


def struggle_after_help(facts: Facts) -> Ruling:
    """Help was shown and the struggle went on."""
    if facts.signals and facts.help_shown and facts.clicks_after_help >= GOES_ON:
        return "escalate", "failed_help"
    return None


def severe_struggle(facts: Facts) -> Ruling:
    """So much has gone wrong that an article would be an insult."""
    return ("escalate", "friction") if facts.struggle >= ESCALATE_AT else None


def first_struggle(facts: Facts) -> Ruling:
    """Offer help: once for a cause, and not right after another offer."""
    quiet = not facts.help_shown and not facts.nudged_lately
    if facts.signals and quiet and facts.struggle >= OFFER_AT:
        return "offer", "friction"
    return None


def nothing_to_do(facts: Facts) -> Ruling:
    """Watch on."""
    return "continue", "helped" if facts.help_shown else "calm"


RULES: tuple[Callable[[Facts], Ruling], ...] = (
    member_present,
    asked_for_person,
    always_human,
    second_unknown_answer,
    unknown_answer,
    answered_turn,
    worth_more_elsewhere,
    struggle_after_help,
    severe_struggle,
    first_struggle,
    nothing_to_do,
)


def decide(facts: Facts) -> Decision:
    """The first rule that speaks decides. Deterministic: the same facts, the same bytes."""
    for rule in RULES:
        ruling = rule(facts)
        if ruling is not None:
            action, reason = ruling
            return Decision(
                action=action,
                reason=reason,
                rule=rule.__name__,
                score=_score(facts),
                evidence=_evidence(facts),
                unseen=_unseen(facts),
                numbers=_numbers(facts),
            )
    raise AssertionError("the last rule always speaks")


def facts_from_json(stored: object) -> Facts:
    return msgspec.convert(stored, Facts)


def facts_to_json(facts: Facts) -> object:
    return msgspec.to_builtins(facts)


def decision_bytes(decision: Decision) -> bytes:
    """The same decision is always the same bytes (JSON with sorted keys)."""
    return msgspec.json.encode(decision, order="deterministic")


def _score(facts: Facts) -> float:
    asked = facts.turn is not None and facts.turn.asks_for_person
    failed = facts.help_shown and facts.clicks_after_help >= GOES_ON
    remaining = 1.0 - _struggle(facts)
    # Each of the two halves what is left to certainty: neither alone, nor both, can pass 1.
    for tried in (asked, failed):
        remaining *= 0.5 if tried else 1.0
    return round(1.0 - remaining, 4)


def _numbers(facts: Facts) -> dict[str, float]:
    """What the rules compared; of the belief and the money only where somebody asked the model."""
    numbers = {
        "struggle": round(_struggle(facts), 4),
        "offer_at": OFFER_AT,
        "escalate_at": ESCALATE_AT,
        "clicks_after_help": facts.clicks_after_help,
    }
    if facts.belief is None:
        return numbers
    low, high = (_value(facts, chance) for chance in (facts.belief.low, facts.belief.high))
    bar = (facts.price or 0.0) * facts.stakes.minutes
    return {
        **numbers,
        "probability": facts.belief.probability,
        "probability_low": facts.belief.low,
        "probability_high": facts.belief.high,
        "still_prior": facts.belief.prior_share,
        "value": round(_value(facts, facts.belief.probability), 2),
        "minutes": facts.stakes.minutes,
        "price_of_minute": round(facts.price or 0.0, 4),
        # The interval lies on both sides of the bar: it goes to a human as a question.
        "in_doubt": float(low < bar <= high),
    }


def _value(facts: Facts, probability: float) -> float:
    return value_of_help(probability=probability, stakes=facts.stakes, revenue=facts.annual_revenue)


def _struggle(facts: Facts) -> float:
    """A share; what is not a number counts as none (in this order `max` gives way to 0)."""
    return min(1.0, max(0.0, facts.struggle))


def _evidence(facts: Facts) -> tuple[str, ...]:
    turn = facts.turn
    said = (f"message:{turn.message}",) if turn and turn.message is not None else ()
    return (*said, *(signal.id for signal in facts.signals))


def _unseen(facts: Facts) -> tuple[str, ...]:
    """What nobody told us; a source that is silent is not a source that says all is well."""
    missing = {
        "account's revenue": facts.annual_revenue is None,
        "renewal date": facts.renews_in_days is None,
        "intent": not facts.intent_known,
        "an article that helps": not facts.help_known,
    }
    return tuple(name for name, absent in missing.items() if absent)
