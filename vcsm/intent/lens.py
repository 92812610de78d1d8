"""Finds out which of the encoder's layers tell a workspace's own intents apart. Pure.

Lower layers hold the words themselves, the last one their joint meaning. Where intents differ in
what is to be done ("add to the list", "what is on the list"), words tell more, even the little
ones; where an intent is put in many ways, meaning does. A lens weighs the parts of a feature. The
one chosen names held-out examples with the least log loss.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vcsm.core.encoder.reading import PART_WEIGHTS
from vcsm.intent.balance import USUAL_BALANCE
from vcsm.intent.calibrate import fit_temperature, log_losses
from vcsm.intent.closeness import centres, unit
from vcsm.intent.guess import Flags, Floats, Labels, as_floats
from vcsm.intent.landmarks import choose_landmarks
from vcsm.intent.likeness import WORD_WEIGHT
from vcsm.intent.ridge import PENALTY, invert
from vcsm.intent.wording import WordIndex

LENSES = (
    (*PART_WEIGHTS[:-1], 0.0),
    (1.0, 0.30, 0.70, 0.0),
    (0.7, 0.10, 0.15, 0.70),
    (0.7, 0.30, 0.70, 0.70),
    (0.3, 0.30, 0.70, 1.00),
)
"""The first has the encoder's own weights, but leaves out the sentence, which counts for nothing
there and costs a quarter of the time. Weighing lower layers still more names intents a little
better, but lets unknown texts stand out less."""
LOOKED_AT = 600
"""Examples looked at, at most, evenly from all intents: a lens costs the cube of their number."""
FEWEST = 40
"""Number of held-out examples below which the choice would be down to chance."""


@dataclass(frozen=True)
class Lens:
    weights: Floats
    """(parts,) factor on each part of a layered feature; 0 leaves the part out. Empty when the
    feature has no parts."""

    def see(self, features: Floats) -> Floats:
        """Returns (n, width) layered features seen through the lens, of length 1."""
        if not len(self.weights):
            return unit(features)
        kept = np.flatnonzero(self.weights)
        parts = features.reshape(len(features), len(self.weights), -1)[:, kept]
        return unit(as_floats((parts * self.weights[kept, None]).reshape(len(features), -1)))


CLEAR = Lens(np.zeros(0, np.float32))
USUAL, *OTHERS = (Lens(as_floats(np.divide(lens, PART_WEIGHTS))) for lens in LENSES)


def choose_lens(features: Floats, texts: Sequence[str], labels: Labels, are_names: Flags) -> Lens:
    """Returns the best of `LENSES` for these examples: `features` (n, width), `labels` (n,).

    Names of intents teach but are no messages, so they are not held out. With too few examples to
    hold out it returns the usual lens; for an encoder without layers, CLEAR.
    """
    if not _are_layered(features):
        return CLEAR
    chosen = choose_landmarks(labels, LOOKED_AT)
    known, own = np.unique(labels[chosen], return_inverse=True)
    rows = np.flatnonzero(~are_names[chosen] & (np.bincount(own)[own] > 1))
    if len(rows) < FEWEST:
        return USUAL
    words = WordIndex([texts[row] for row in chosen], np.arange(len(chosen)))
    wording = WORD_WEIGHT * words.compare_many([texts[row] for row in chosen])
    lenses = [USUAL, *OTHERS]
    surprise = [_surprise(lens.see(features[chosen]), wording, own, rows) for lens in lenses]
    best = int(np.argmin([one.mean() for one in surprise]))
    # The usual lens gives way only to one that is better by more than chance would explain.
    gain = surprise[0] - surprise[best]
    return lenses[best] if gain.mean() > gain.std() / np.sqrt(len(rows)) else USUAL


def _surprise(features: Floats, wording: Floats, own: Labels, rows: Labels) -> Floats:
    """Returns (rows,) the log loss of each held-out example, at the temperature that suits them."""
    intents, every = int(own.max()) + 1, np.arange(len(own))
    targets = np.eye(intents, dtype=np.float32)[own]
    like = np.exp(2 * (features @ features.T) - 2) + wording
    inverse = invert(as_floats(like + PENALTY * np.eye(len(own))))
    ridge = targets - (inverse @ targets) / np.diag(inverse)[:, None]
    sums = centres(features, own, intents)
    centre = features @ unit(sums).T
    centre[every, own] = (features * unit(sums[own] - features)).sum(axis=1)
    blend = as_floats(ridge + USUAL_BALANCE * centre)[rows]
    return log_losses(blend, own[rows], fit_temperature(blend, own[rows]))


def _are_layered(features: Floats) -> bool:
    """Recognises layered features by the lengths of their parts."""
    parts = len(PART_WEIGHTS)
    if features.shape[1] % parts:
        return False
    lengths = np.linalg.norm(features.reshape(len(features), parts, -1), axis=2)
    wanted = np.array(PART_WEIGHTS) / np.linalg.norm(PART_WEIGHTS)
    return bool(np.allclose(unit(as_floats(lengths)), wanted, atol=1e-3))
