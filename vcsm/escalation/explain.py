"""Makes a stored decision again from its stored facts, and says in words why it was made."""

from dataclasses import dataclass
from typing import Any

import msgspec

from vcsm.core.money import write_money
from vcsm.escalation import decide
from vcsm.escalation.models import Decision

AMOUNTS = ("value", "price_of_minute")
"""The numbers of a decision that are amounts of money."""


class FactsUnreadable(Exception):
    """The stored facts do not fit the shape that `decide` takes; the message says where."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A stored decision beside the same decision made again."""

    stored: Decision
    facts: decide.Facts
    again: decide.Decision
    differs: tuple[str, ...]
    """Parts of the stored row that the facts do not lead to; empty where even the bytes agree."""


def explain(stored: Decision) -> Explanation:
    """Makes the decision again; `differs` shows what has changed. Raises `FactsUnreadable`."""
    try:
        facts = decide.facts_from_json(stored.facts)
    except msgspec.ValidationError as error:
        raise FactsUnreadable(f"Decision {stored.pk}: stored facts: {error}") from error
    again = decide.decide(facts)
    return Explanation(stored, facts, again, _differences(stored, again))


def _differences(stored: Decision, again: decide.Decision) -> tuple[str, ...]:
    """Compares the bytes, and the columns that were stored beside them for searching."""
    pairs: dict[str, tuple[object, object]] = {
        "bytes": (stored.answer.encode(), decide.decision_bytes(again)),
        "action": (stored.action, again.action),
        "reason": (stored.reason, again.reason),
        "rule": (stored.rule, again.rule),
        "score": (stored.score, again.score),
        "numbers": (stored.numbers, again.numbers),
        "unseen": (stored.unseen, list(again.unseen)),
    }
    return tuple(name for name, (was, now) in pairs.items() if was != now)


def explanation_to_json(explanation: Explanation) -> dict[str, Any]:
    """For `--json`, returns the new decision, its facts, and whether it equals the stored one."""
    stored, again = explanation.stored, explanation.again
    made: dict[str, Any] = msgspec.to_builtins(again)
    return {
        "decision": stored.pk,
        "at": stored.at.isoformat(),
        "session": str(stored.session_id),
        "contact": stored.contact_id,
        "currency": stored.workspace.currency,
        "escalation": str(stored.escalation_id) if stored.escalation_id else None,
        **made,
        "means": rule_in_words(again.rule),
        "facts": decide.facts_to_json(explanation.facts),
        "same_bytes": not explanation.differs,
        "differs": list(explanation.differs),
    }


def explanation_to_text(explanation: Explanation) -> str:
    """Writes about ten lines for a terminal."""
    stored, again = explanation.stored, explanation.again
    numbers, currency = sorted(again.numbers.items()), stored.workspace.currency
    lines = [
        f"Decision {stored.pk}, {stored.at.isoformat()}: {again.action}",
        f"  reason    {again.reason}",
        f"  rule      {again.rule}: {rule_in_words(again.rule)}",
        f"  score     {again.score:g}",
        *(f"  number    {name} = {_number(name, value, currency)}" for name, value in numbers),
        *(f"  because   {name} {added:+g}" for name, added in _contributions(explanation.facts)),
        *(f"  evidence  {_evidence(explanation.facts, one)}" for one in again.evidence),
        *(f"  unseen    {name}" for name in again.unseen),
    ]
    if explanation.differs:
        lines.append(f"  DIFFERS from what is stored in: {', '.join(explanation.differs)}")
    else:
        lines.append("  Made again from the stored facts: the same bytes.")
    return "\n".join(lines)


def _number(name: str, value: float, currency: str) -> str:
    return write_money(value, currency) if name in AMOUNTS else f"{value:g}"


def _contributions(facts: decide.Facts) -> list[tuple[str, float]]:
    """Returns what moved the probability, in log-odds; the strongest first."""
    added = facts.belief.contributions.items() if facts.belief else ()
    return sorted(added, key=lambda one: (-abs(one[1]), one[0]))


def rule_in_words(name: str) -> str:
    """Returns the first line of the rule's own docstring, so words and code cannot drift apart."""
    found = next((rule for rule in decide.RULES if rule.__name__ == name), None)
    return (found.__doc__ or "").strip().splitlines()[0] if found else ""


def _evidence(facts: decide.Facts, id: str) -> str:
    signal = next((signal for signal in facts.signals if signal.id == id), None)
    if signal is None:
        return id
    where = f"{signal.element or 'the page'} on {signal.page or '/'}"
    return f"{id}: {signal.kind} ×{signal.count}, severity {signal.severity:g}, {where}"
