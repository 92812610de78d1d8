"""What the probability model looks at, read off the facts of a decision. Pure."""

import math

from vcsm.escalation.decide import GOES_ON, Facts

RENEWAL_NEAR = 60
"""Days before a renewal in which a struggle weighs more."""


def features_of(facts: Facts) -> dict[str, float]:
    """Named as in `probability.WRITTEN`; what is not there is left out."""
    turn, renews = facts.turn, facts.renews_in_days
    repetition = max((signal.count for signal in facts.signals), default=0)
    found = {
        "struggle": facts.struggle,
        "repetition": math.log1p(max(0, repetition)) / 2,
        "failed help": facts.help_shown and facts.clicks_after_help >= GOES_ON,
        "dismissed help": facts.help_dismissed,
        "no article fits": not facts.help_known,
        "unanswered before": turn is not None and turn.unanswered_before > 0,
        "asked intent": turn is not None,
        "must reach a person": turn is not None and bool(turn.asks_for_person or turn.matter),
        "renewal near": renews is not None and 0 <= renews <= RENEWAL_NEAR,
    }
    return {name: float(value) for name, value in found.items() if value}
