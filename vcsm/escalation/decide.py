"""Continue, offer or escalate: a pure function from facts to a Decision.

It reads no clock and no database and uses no framework, so a stored decision can be made again from
its stored facts. Rules are tried in the order of `RULES`; the first that returns a ruling decides.
The score is the session's struggle, raised when help was tried and did not work; it orders the
queue and never overrides an explicit wish for a person.
"""

from collections.abc import Callable

import msgspec

from vcsm.escalation.case import Action, Decision, Facts, Reason, Rival, SignalFact, TurnFact
from vcsm.escalation.worth import value_of_help

__all__ = [
    "Decision",
    "Facts",
    "Rival",
    "SignalFact",
    "TurnFact",
    "decide",
    "decision_bytes",
    "facts_from_json",
    "facts_to_json",
]

OFFER_AT = 0.3
"""Struggle from which help is worth an interruption. Three dead clicks on one element, some
seconds apart, reach it."""
ESCALATE_AT = 0.9
"""Struggle from which a person is worth calling even if no help could be offered first."""
NAMED = 5
"""The most cases that a decision names as displaced."""
GOES_ON = 2
"""Clicks on the broken element, after help was shown, that prove the help did not work. A single
one may already have been under way when the nudge appeared."""

OFFERING, ANSWERING, CALLING = "offer_help", "answer_questions", "call_person"
"""Use cases of `vcsm.governance` that the rules ask about."""

Ruling = tuple[Action, Reason] | None
"""What a rule returns; None where it does not apply."""


def member_present(facts: Facts) -> Ruling:
    """A member has taken over, so the assistant stays silent."""
    return ("continue", "human_present") if facts.member_present else None


def asked_for_person(facts: Facts) -> Ruling:
    """A contact who asks for a person gets one, whatever else is known."""
    return ("escalate", "asked") if facts.turn and facts.turn.asks_for_person else None


def always_human(facts: Facts) -> Ruling:
    """Safety, security, law, a disputed bill or an outage always reaches a person, at any price."""
    return ("escalate", "matter") if facts.turn and facts.turn.matter else None


def second_unknown_answer(facts: Facts) -> Ruling:
    """Again no answer is known, though we had offered a person: nobody should ask a third time."""
    turn = facts.turn
    if turn and not turn.answer_known and turn.unanswered_before:
        return "escalate", "failed_help"
    return None


def barred_from_answering(facts: Facts) -> Ruling:
    """A guardrail forbids us to answer, so a human does: nobody who writes is left alone."""
    return ("escalate", "guardrail") if facts.turn and ANSWERING in facts.barred else None


def unknown_answer(facts: Facts) -> Ruling:
    """No answer is known: we say so and offer a person."""
    return ("offer", "unknown_answer") if facts.turn and not facts.turn.answer_known else None


def answered_turn(facts: Facts) -> Ruling:
    """We can answer the question, so no one else is needed."""
    return ("continue", "helped") if facts.turn else None


def barred_from_calling(facts: Facts) -> Ruling:
    """A guardrail forbids calling a human whom the contact did not ask for: help goes on."""
    if _calls(facts) and CALLING in facts.barred:
        return _help_goes_on(facts), "guardrail"
    return None


def part_of_known_problem(facts: Facts) -> Ruling:
    """A member already works on the problem behind this struggle: no second call, help goes on.
    Contacts who write or ask for a person are heard by earlier rules."""
    if _calls(facts) and facts.known_problem:
        return _help_goes_on(facts), "known_problem"
    return None


def below_certified(facts: Facts) -> Ruling:
    """The score is below the certified threshold, where too many struggles were false alarms."""
    if facts.send_from is None or not _calls(facts) or _score(facts) >= facts.send_from:
        return None
    return _help_goes_on(facts), "held_back"


def worth_more_elsewhere(facts: Facts) -> Ruling:
    """A human's minutes will bring more elsewhere today than on this struggle: help goes on."""
    if not _calls(facts) or facts.belief is None or facts.price is None:
        return None
    if _value(facts, facts.belief.probability) >= facts.price * facts.stakes.minutes:
        return None
    return _help_goes_on(facts), "displaced"


def struggle_after_help(facts: Facts) -> Ruling:
    """Help was shown and the struggle went on."""
    if facts.signals and facts.help_shown and facts.clicks_after_help >= GOES_ON:
        return "escalate", "failed_help"
    return None


def severe_struggle(facts: Facts) -> Ruling:
    """So much has gone wrong that an article would not put it right."""
    return ("escalate", "friction") if facts.struggle >= ESCALATE_AT else None


def barred_from_offering(facts: Facts) -> Ruling:
    """A guardrail forbids offering help, or offering this contact any more of it today."""
    barred = first_struggle(facts) and OFFERING in facts.barred
    return ("continue", "guardrail") if barred else None


def first_struggle(facts: Facts) -> Ruling:
    """Help is offered: once per cause, and not right after another offer."""
    quiet = not facts.help_shown and not facts.nudged_lately
    if facts.signals and quiet and facts.struggle >= OFFER_AT:
        return "offer", "friction"
    return None


def nothing_to_do(facts: Facts) -> Ruling:
    """Nothing calls for action: we keep watching. A silent source does not mean all is well."""
    if facts.stale:
        return "continue", "blind"
    return "continue", "helped" if facts.help_shown else "calm"


RULES: tuple[Callable[[Facts], Ruling], ...] = (
    member_present,
    asked_for_person,
    always_human,
    second_unknown_answer,
    barred_from_answering,
    unknown_answer,
    answered_turn,
    barred_from_calling,
    part_of_known_problem,
    below_certified,
    worth_more_elsewhere,
    struggle_after_help,
    severe_struggle,
    barred_from_offering,
    first_struggle,
    nothing_to_do,
)


def decide(facts: Facts) -> Decision:
    """Applies the first rule that returns a ruling. Deterministic: same facts, same bytes."""
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
                displaced=_displaced(facts, action, reason),
            )
    raise AssertionError("the last rule always speaks")


def facts_from_json(stored: object) -> Facts:
    """Reads stored facts; raises `msgspec.ValidationError` where they do not fit."""
    return msgspec.convert(stored, Facts)


def facts_to_json(facts: Facts) -> object:
    return msgspec.to_builtins(facts)


def decision_bytes(decision: Decision) -> bytes:
    """Encodes as JSON with sorted keys: the same decision is always the same bytes."""
    return msgspec.json.encode(decision, order="deterministic")


def _score(facts: Facts) -> float:
    asked = facts.turn is not None and facts.turn.asks_for_person
    failed = facts.help_shown and facts.clicks_after_help >= GOES_ON
    remaining = 1.0 - _struggle(facts)
    # Each halves the distance to certainty, so neither one nor both can pass 1.
    for tried in (asked, failed):
        remaining *= 0.5 if tried else 1.0
    return round(1.0 - remaining, 4)


def _numbers(facts: Facts) -> dict[str, float]:
    """Returns what the rules compared; belief and money only where the model was asked."""
    numbers = {
        "struggle": round(_struggle(facts), 4),
        "offer_at": OFFER_AT,
        "escalate_at": ESCALATE_AT,
        "clicks_after_help": facts.clicks_after_help,
    }
    if facts.send_from is not None:
        numbers["send_from"] = facts.send_from
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
        # The interval lies on both sides of the bar: a human gets the case as an open question.
        "in_doubt": float(low < bar <= high),
    }


def _calls(facts: Facts) -> bool:
    """Tells whether the struggle would call a human, given free minutes and no verdicts."""
    return (struggle_after_help(facts) or severe_struggle(facts)) is not None


def _help_goes_on(facts: Facts) -> Action:
    """Returns the action that remains when no human is called."""
    return "offer" if first_struggle(facts) and OFFERING not in facts.barred else "continue"


def _displaced(facts: Facts, action: Action, reason: Reason) -> tuple[str, ...]:
    if facts.belief is None or facts.price is None:
        return ()
    value = _value(facts, facts.belief.probability)
    if action == "escalate":
        others = [rival for rival in facts.rivals if not rival.sent and rival.value <= value]
    elif reason == "displaced":
        others = [rival for rival in facts.rivals if rival.sent]
    else:
        others = []
    ranked = sorted(others, key=lambda rival: (-rival.value, rival.id))
    return tuple(rival.id for rival in ranked[:NAMED])


def _value(facts: Facts, probability: float) -> float:
    return value_of_help(probability=probability, stakes=facts.stakes, revenue=facts.annual_revenue)


def _struggle(facts: Facts) -> float:
    """Returns the struggle as a share, 0 to 1. NaN counts as 0: in this order, `max` returns 0."""
    return min(1.0, max(0.0, facts.struggle))


def _evidence(facts: Facts) -> tuple[str, ...]:
    turn = facts.turn
    said = (f"message:{turn.message}",) if turn and turn.message is not None else ()
    return (*said, *(signal.id for signal in facts.signals))


def _unseen(facts: Facts) -> tuple[str, ...]:
    """Names facts that nobody told us. A silent source does not say that all is well."""
    missing = {
        "account's revenue": facts.annual_revenue is None,
        "renewal date": facts.renews_in_days is None,
        "intent": not facts.intent_known,
        "an article that helps": not facts.help_known,
    }
    return (*(name for name, absent in missing.items() if absent), *facts.stale)
