"""What a fitted model learns about itself by leaving out examples, and whole intents. Pure."""

from dataclasses import dataclass, replace

import numpy as np

from vcsm.intent.balance import USUAL_BALANCE, choose_balance
from vcsm.intent.calibrate import fit_temperature
from vcsm.intent.closeness import ABSENT, MEASURES, Standing, measure, unit, usual_closeness
from vcsm.intent.guess import Flags, Floats, Labels
from vcsm.intent.likeness import Likeness
from vcsm.intent.novelty import ENOUGH_TO_REJECT, Novelty, assume_novelty, learn_novelty
from vcsm.intent.one_more import add_one_more
from vcsm.intent.ridge import Ridge
from vcsm.intent.scale import EXACT_UP_TO, MANY_INTENTS

CALIBRATE_ON = 3_000
CALIBRATION_CELLS = 15_000_000
FEWEST_ROWS = 300
"""Examples held out in any case, even where comparing them with all exceeds CALIBRATION_CELLS."""
IMAGINE_AWAY = 200
"""Intents imagined away at most; more change nothing but the time taken."""
IMAGINE_AWAY_OF_MANY = 40
EXAMPLES_AWAY = 500
"""Examples left out of one intent that is imagined away, at most."""
TEXTS_AWAY = 3_000
"""Texts judged of all intents imagined away together, roughly."""
FEWEST_TEXTS_AWAY = 5
"""Texts judged of each such intent, at least, where it has that many."""


PARTNERS = 3
"""Partners left out beside each example, one at a time; only one above EXACT_UP_TO examples."""


@dataclass(frozen=True)
class Fitted:
    likeness: Likeness
    labels: Labels
    are_like_messages: Flags
    """(examples,) whether it is neither an intent's name nor a text of two intents."""
    sums: Floats
    ridge: Ridge
    balance: float = USUAL_BALANCE


@dataclass(frozen=True)
class HeldOut:
    rows: Labels
    blend: Floats
    balance: float
    usual: Floats
    novelty: Novelty
    temperature: float
    accuracy: float | None


def hold_out(fitted: Fitted) -> HeldOut:
    """Returns everything that is learned from leaving out examples and intents."""
    labels, intents = fitted.labels, len(fitted.sums)
    counts = np.bincount(labels, minlength=intents)
    # An intent that loses its only example is gone, and the example is no longer a known text.
    rows = np.flatnonzero(fitted.are_like_messages & (counts[labels] > 1))
    at_most = min(len(rows), CALIBRATE_ON, max(FEWEST_ROWS, CALIBRATION_CELLS // len(labels)))
    rows = rows[np.linspace(0, len(rows) - 1, at_most).astype(int)]
    own = labels[rows]
    fitted.likeness.hold(rows)
    standing = _stand_held_out(fitted, rows)
    balance = choose_balance(standing.ridge, standing.centre, own)
    fitted, standing = replace(fitted, balance=balance), replace(standing, balance=balance)
    blend = standing.blend
    temperature = fit_temperature(blend, own)
    if len(rows) < ENOUGH_TO_REJECT:
        usual = np.zeros((intents, MEASURES), np.float32)
        return HeldOut(rows, blend, balance, usual, assume_novelty(), temperature, None)
    measures = measure(standing)
    usual = usual_closeness(measures, own, intents)
    guessed = blend.argmax(axis=1)
    imagined = _imagine_away(fitted, usual)
    excess = measures - usual[guessed]
    novelty = learn_novelty(excess, imagined)

    def score_two(some: Labels, others: Labels) -> Floats:
        two_out = _stand_held_out(fitted, some, others)
        return novelty.score(measure(two_out) - usual[two_out.blend.argmax(axis=1)])

    known = add_one_more(
        novelty.score(excess),
        labels,
        rows,
        partners=PARTNERS if len(labels) <= EXACT_UP_TO else 1,
        score_two=score_two,
    )
    accuracy = float((guessed == own).mean())
    novelty = replace(novelty, known=known)
    return HeldOut(rows, blend, balance, usual, novelty, temperature, accuracy)


def _stand_held_out(fitted: Fitted, rows: Labels, beside: Labels | None = None) -> Standing:
    """Compares each example with all others, except its partner in `beside` where one is given."""
    own, within = fitted.labels[rows], np.arange(len(rows))
    features, ridge = fitted.likeness.features, fitted.ridge
    mine, similar = features[rows], fitted.likeness.similar_rows(rows)
    left = fitted.sums[own] - mine
    similar[within, rows] = ABSENT
    if beside is not None:
        left = left - features[beside]
        similar[within, beside] = ABSENT
    centre = mine @ unit(fitted.sums).T
    centre[within, own] = (mine * unit(left)).sum(axis=1)
    scores = ridge.held_out(rows) if beside is None else ridge.held_out_two(rows, beside)
    return Standing(scores, centre, similar, fitted.balance)


def _imagine_away(fitted: Fitted, usual: Floats) -> Floats:
    """Returns (texts, MEASURES) excess measures of examples whose whole intent is left out."""
    intents = len(fitted.sums)
    if intents < 4:
        return np.zeros((0, MEASURES), np.float32)
    away = IMAGINE_AWAY if intents <= MANY_INTENTS else IMAGINE_AWAY_OF_MANY
    chosen = np.unique(np.linspace(0, intents - 1, min(intents, away)).astype(int))
    if intents > MANY_INTENTS:
        fitted.likeness.hold(np.flatnonzero(np.isin(fitted.labels, chosen)))
    judged = max(FEWEST_TEXTS_AWAY, TEXTS_AWAY // len(chosen))
    directions = unit(fitted.sums)
    parts = [_imagine_one(fitted, int(intent), judged, directions) for intent in chosen]
    standings = [standing for standing in parts if len(standing.ridge)]
    if not standings:
        return np.zeros((0, MEASURES), np.float32)
    return np.concatenate([measure(one) - usual[one.blend.argmax(axis=1)] for one in standings])


def _imagine_one(fitted: Fitted, intent: int, judged: int, directions: Floats) -> Standing:
    """Compares messages of the intent with all others, as if it had no examples at all."""
    everyone = np.flatnonzero(fitted.labels == intent)[:EXAMPLES_AWAY]
    places = np.flatnonzero(fitted.are_like_messages[everyone])[:judged]
    ridge, rows = fitted.ridge.without(everyone)[places], everyone[places]
    centre = fitted.likeness.features[rows] @ directions.T
    similar = fitted.likeness.similar_rows(rows)
    ridge[:, intent], centre[:, intent] = ABSENT, ABSENT
    similar[:, fitted.labels == intent] = ABSENT
    return Standing(ridge, centre, similar, fitted.balance)
