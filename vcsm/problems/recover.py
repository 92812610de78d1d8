"""Proof that a fix worked: not silence, but exposure without hits.

The hypothesis to be refuted is "it is still at least halfway as bad as it was". Each session that
sees the place and is not hit speaks against it. The likelihood ratio of the usual rate against the
bad one, started at the claim and, with less weight, at every later moment (the fix may reach people
later than it was claimed), is an e-process: at 1/α the chance of calling a broken thing fixed is at
most α, whenever one looks.
"""

from dataclasses import dataclass
from math import exp, log

PROOF = 20.0
"""1/α: a fix is called verified wrongly at most once in twenty."""
HALFWAY = 0.5
AT_ONCE = 0.5
"""Weight of a recovery that begins with the claim; the rest is for later ones."""
PATIENCE_MINUTES = 14 * 24 * 60
_CEILING = 1e12


@dataclass(frozen=True, slots=True)
class Recovery:
    """`usual` and `bad` are hits per session that saw it; `value` is the evidence of recovery."""

    usual: float
    bad: float
    value: float = AT_ONCE

    @property
    def verified(self) -> bool:
        return self.value >= PROOF


def judge_recovery(state: Recovery, *, hits: float, seen: float, minutes: float) -> Recovery:
    """After one more stretch of time of `minutes`. Nothing seen proves nothing."""
    bad = state.usual + HALFWAY * (state.bad - state.usual)
    if seen <= 0 or bad <= state.usual:
        return state
    usual = max(state.usual, bad * 1e-3)
    begun = state.value + (1 - AT_ONCE) * minutes / PATIENCE_MINUTES
    gained = hits * log(usual / bad) + (bad - usual) * seen
    return Recovery(state.usual, state.bad, min(begun * exp(min(gained, 30.0)), _CEILING))
