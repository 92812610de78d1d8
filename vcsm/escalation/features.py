"""Reads the probability model's features off the facts of a decision. Pure."""

import math

from vcsm.escalation.decide import GOES_ON, Facts

RENEWAL_NEAR = 60
"""Days before a renewal in which a struggle weighs more."""


ONBOARDING = 30
"""Days for which an account counts as new: a struggle then decides whether it stays."""
USUAL = 2
"""Weight of the prior on an account's history: as if this many were judged, half of them needed."""


def features_of(facts: Facts) -> dict[str, float]:
    """Returns features by their names in `probability.WRITTEN`; those that are 0 are left out."""
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
        "onboarding": facts.days_known is not None and facts.days_known <= ONBOARDING,
        "negative tone": max(0.0, -(turn.valence or 0.0)) if turn else 0.0,
        "tone worse than usual": max(0.0, -(turn.tone_shift or 0.0)) if turn else 0.0,
        "account's history": _history(facts),
    }
    return {name: float(value) for name, value in found.items() if value}


def _history(facts: Facts) -> float:
    """Returns -1 (all judged escalations of the account were false alarms) to 1 (all needed)."""
    judged = facts.lately_needed + facts.lately_false
    return (facts.lately_needed - facts.lately_false) / (judged + USUAL)
