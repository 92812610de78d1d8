"""How much the likeness to an intent's centre counts beside the ridge. Pure.

Where an intent is put in many ways, single examples tell more, and the ridge follows them. Where it
is a few stock phrases, or has few examples, their centre tells more. Held-out examples decide.
"""

import numpy as np

from vcsm.intent.calibrate import fit_temperature, log_losses
from vcsm.intent.guess import Floats, Labels, as_floats

USUAL_BALANCE = 0.5
OTHERS = (1.0, 2.0, 4.0)
WORTH = 0.1
"""Nats by which the mean log loss of held-out examples must fall. Leaving an example out makes its
intent one example smaller, which alone favours centres: by up to this much at five examples per
intent (measured on BANKING77, where centres are no better)."""
FEWEST = 40
"""Number of held-out examples below which the choice would be down to chance."""


def choose_balance(ridge: Floats, centre: Floats, own: Labels) -> float:
    """Chooses the balance from held-out scores (rows, intents) and the right intents (rows,).

    A balance other than the usual one must name more rows right than chance would explain, and
    lower the mean log loss by `WORTH`.
    """
    if len(own) < FEWEST:
        return USUAL_BALANCE
    right, calm = _judge(ridge, centre, own, USUAL_BALANCE)
    best, most = USUAL_BALANCE, 0.0
    for balance in OTHERS:
        righter, calmer = _judge(ridge, centre, own, balance)
        gain = float((righter - right).mean())
        calmed = float((calmer - calm).mean())
        if gain > most and calmed >= WORTH and _is_clear(righter - right):
            best, most = balance, gain
    return best


def _judge(ridge: Floats, centre: Floats, own: Labels, balance: float) -> tuple[Floats, Floats]:
    """Returns (rows,) 1 where the intent is named right, and (rows,) its log likelihood in nats."""
    blend = as_floats(ridge + balance * centre)
    right = as_floats(blend.argmax(axis=1) == own)
    return right, -log_losses(blend, own, fit_temperature(blend, own))


def _is_clear(gain: Floats) -> bool:
    return bool(gain.mean() > gain.std() / np.sqrt(len(gain)))
