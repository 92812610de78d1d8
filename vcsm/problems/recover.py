"""Proof that a fix worked: not silence, but exposure without hits.

The hypothesis to refute is "it is still at least halfway as bad as it was". Each session that sees
the place and is not hit speaks against it. The likelihood ratio of the usual rate against the bad
one, started at the claim and, with less weight, at every later moment (a fix may reach people later
than it was claimed), is an e-process: at a threshold of 1/α, the chance of calling a broken thing
fixed is at most α, whenever one looks.
"""

from dataclasses import dataclass
from math import exp, log

PROOF = 20.0
"""1/α: the chance that something broken is ever called verified is at most one in twenty."""
HALFWAY = 0.5
AT_ONCE = 0.5
"""Weight of a recovery that begins with the claim; later ones share the rest."""
PATIENCE_MINUTES = 14 * 24 * 60
_CEILING = 1e12


@dataclass(frozen=True, slots=True)
class Recovery:
    """Rates `usual` and `bad`, in hits per session that saw the place, and the evidence `value`."""

    usual: float
    bad: float
    value: float = AT_ONCE

    @property
    def verified(self) -> bool:
        return self.value >= PROOF


def judge_recovery(state: Recovery, *, hits: float, seen: float, minutes: float) -> Recovery:
    """Returns the recovery after `minutes` more. Where nobody saw the place, nothing is proved."""
    bad = state.usual + HALFWAY * (state.bad - state.usual)
    if seen <= 0 or bad <= state.usual:
        return state
    usual = max(state.usual, bad * 1e-3)
    begun = state.value + (1 - AT_ONCE) * minutes / PATIENCE_MINUTES
    gained = hits * log(usual / bad) + (bad - usual) * seen
    return Recovery(state.usual, state.bad, min(begun * exp(min(gained, 30.0)), _CEILING))
