"""How much the likeness to an intent's centre counts beside the ridge. Pure.

Where one matter is put in many ways, single examples tell more, and the ridge follows them; where
an intent is a few stock phrases, or has few examples, their middle does. Held-out examples say
which.
"""

import numpy as np

from vcsm.intent.calibrate import fit_temperature, log_losses
from vcsm.intent.guess import Floats, Labels, as_floats

USUAL_BALANCE = 0.5
OTHERS = (1.0, 2.0, 4.0)
WORTH = 0.1
"""Nats by which held-out examples must be less of a surprise. Leaving one out tells of an example
fewer, and that alone speaks for centres: up to this much at five examples of an intent (measured
on BANKING77, where they are no better)."""
FEWEST = 40
"""Held-out examples below which the choice would be chance."""


def choose_balance(ridge: Floats, centre: Floats, own: Labels) -> float:
    """From held-out scores (rows, intents) and the right intents (rows,).

    Another than the usual one must name more of them right than chance makes it, and with less
    surprise by `WORTH`.
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
    """(rows,) 1 where the intent is named right; (rows,) its log likelihood."""
    blend = as_floats(ridge + balance * centre)
    right = as_floats(blend.argmax(axis=1) == own)
    return right, -log_losses(blend, own, fit_temperature(blend, own))


def _is_clear(gain: Floats) -> bool:
    return bool(gain.mean() > gain.std() / np.sqrt(len(gain)))
