"""The few-shot intent model: from examples to a guess with a probability and a p-value. Pure.

Kernel ridge on a sentence encoder's layered feature, with a little likeness of wording, is blended
with the likeness to each intent's centre. A held-out temperature gives the probabilities, and
`novelty` rejects what is none of the intents. Fits 1,500 examples in about a second and answers in
a fraction of a millisecond.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vcsm.intent.balance import USUAL_BALANCE
from vcsm.intent.calibrate import softmax
from vcsm.intent.closeness import Standing, centres, measure
from vcsm.intent.guess import (
    NO_GUESS,
    Example,
    Flags,
    Floats,
    Guess,
    Labels,
    Outcome,
    as_floats,
    stack_features,
)
from vcsm.intent.hold_out import Fitted, hold_out
from vcsm.intent.lens import CLEAR, Lens, choose_lens
from vcsm.intent.likeness import Likeness
from vcsm.intent.novelty import ENOUGH_TO_REJECT, Novelty, assume_novelty
from vcsm.intent.plain import strip_pleasantries
from vcsm.intent.ridge import Ridge
from vcsm.intent.scale import EXACT_UP_TO, choose_anchors, fit_ridge
from vcsm.intent.spelling import Spelling

NONE_UP_TO = 0.10
UNSURE_UP_TO = 0.20
SURE_FROM = 0.5
"""Probability below which the contact is asked back, however near the examples are."""
ALTERNATIVES = 5


@dataclass(frozen=True)
class IntentModel:
    """A workspace's fitted model. Immutable, so threads may share it; `fit` makes one."""

    intents: tuple[str, ...]
    labels: Labels
    """(examples,) place in `intents` of each example, names included."""
    width: int
    """Numbers in a feature as the encoder gives it."""
    lens: Lens
    likeness: Likeness
    spelling: Spelling
    ridge: Ridge
    reaches: Floats
    """(intents,) length of the sum of each intent's features; the sum divided by it is the
    centre."""
    balance: float
    usual: Floats
    novelty: Novelty
    temperature: float
    held_out_accuracy: float | None
    """Share of examples that the others would have named right; None with too few to say."""
    held_out_labels: Labels
    """(rows,) place in `intents` of the intent of each example that was left out once."""
    held_out_blend: Floats
    """(rows, intents) blended scores of these examples when left out."""

    def plain(self, text: str) -> str:
        """Returns the message as it is to be embedded and classified.

        Greetings and thanks are taken off, and words are spelt as the examples spell them. The
        examples' own vectors are of their `plain.strip_pleasantries`.
        """
        return self.spelling.correct(strip_pleasantries(text))

    def is_familiar(self, word: str) -> bool:
        """Returns whether the language or the workspace's examples have the (lower-case) word."""
        return self.spelling.knows(word)

    def classify(self, feature: Floats, text: str) -> Guess:
        """Guesses the intent of one text, made `plain` before.

        `feature` (width,) is that of its `embeddings.Reading`. Raises ValueError when it is of
        another encoder.
        """
        if not self.intents:
            return NO_GUESS
        standing = self._stand(feature, text)
        blend = standing.blend[0]
        best = int(blend.argmax())
        p_value = self.novelty.p_value(self._score(standing, best))
        chances = softmax(blend, self.temperature)
        leading = np.argsort(-chances, kind="stable")[:ALTERNATIVES]
        alternatives = tuple((self.intents[i], float(chances[i])) for i in leading)
        probability = float(chances[best])
        outcome = _decide(p_value, probability)
        return Guess(self.intents[best], probability, p_value, outcome, alternatives)

    def familiarity(self, feature: Floats, text: str) -> float:
        """Returns the score behind the p-value, for ranking texts by how known they look."""
        standing = self._stand(feature, text)
        return self._score(standing, int(standing.blend[0].argmax()))

    def recalibrate(self, scores: Sequence[float]) -> "IntentModel":
        """Returns the model calibrated on `scores`, the `familiarity` of confirmed live messages.

        Live messages differ from written examples (measured: 67-90 % kept at a nominal 95 %), so
        once there are enough of them they replace the examples; before that they join them.
        """
        live = np.asarray(scores, np.float32)
        enough = len(live) >= 5 * ENOUGH_TO_REJECT
        known = live if enough else np.concatenate([live, self.novelty.known])
        return replace(self, novelty=replace(self.novelty, known=np.sort(known)))

    def _score(self, standing: Standing, best: int) -> float:
        return float(self.novelty.score(measure(standing) - self.usual[best])[0])

    def _stand(self, feature: Floats, text: str) -> Standing:
        if feature.shape != (self.width,):
            raise ValueError(
                f"The text's vector has {feature.size} numbers and the examples' "
                f"{self.width}: they are of different encoders."
            )
        similar = self.likeness.features @ self.lens.see(feature[None])[0]
        scores = self.ridge.score(self.likeness.alike(similar, text)[None])
        sums = np.bincount(self.labels, similar, minlength=len(self.intents))
        return Standing(scores, as_floats(sums / self.reaches)[None], similar[None], self.balance)


def fit(examples: Sequence[Example], *, familiar: Collection[str] = ()) -> IntentModel:
    """Learns from the examples.

    `familiar` are words of the language (`embeddings.familiar_words`), by which misspelt ones are
    recognised; without them spelling is left alone. Works from a single example per intent, or its
    name alone; raises ValueError when the vectors are of different encoders. Deterministic: the
    same examples give the same model.
    """
    examples = _once_each(examples)
    known = tuple(dict.fromkeys([example.intent for example in examples]))
    if not known:
        return _nothing_known(familiar)
    number = {intent: index for index, intent in enumerate(known)}
    labels = np.array([number[example.intent] for example in examples], np.intp)
    are_names = np.array([example.is_name for example in examples], bool)
    texts = [strip_pleasantries(example.text) for example in examples]
    read = stack_features(examples)
    lens = choose_lens(read, texts, labels, are_names)
    features = lens.see(read)
    anchors = choose_anchors(labels, len(known))
    likeness = Likeness(features, texts, anchors, by_wording=len(anchors) <= EXACT_UP_TO)
    ridge = fit_ridge(likeness, labels, len(known))
    sums = centres(features, labels, len(known))
    held = hold_out(Fitted(likeness, labels, ~are_names & ~_stand_twice(texts), sums, ridge))
    likeness.let_go()
    return IntentModel(
        intents=known,
        labels=labels,
        width=read.shape[1],
        lens=lens,
        likeness=likeness,
        spelling=Spelling([example.text for example in examples], familiar),
        ridge=ridge,
        reaches=np.maximum(np.linalg.norm(sums, axis=1), 1e-12),
        balance=held.balance,
        usual=held.usual,
        novelty=held.novelty,
        temperature=held.temperature,
        held_out_accuracy=held.accuracy,
        held_out_labels=labels[held.rows],
        held_out_blend=held.blend,
    )


def _once_each(examples: Sequence[Example]) -> list[Example]:
    """Drops repeated examples: one that is left out would be known by its copy."""
    plain = ((one.intent, strip_pleasantries(one.text), one.is_name) for one in examples)
    return list(dict(zip(plain, examples, strict=True)).values())


def _stand_twice(texts: Sequence[str]) -> Flags:
    """Returns (examples,) whether the text is an intent's name, or another's example, as well.

    Left out, it would be taken for that one.
    """
    times = Counter(texts)
    return np.array([times[text] > 1 for text in texts], bool)


def _decide(p_value: float, probability: float) -> Outcome:
    if p_value <= NONE_UP_TO:
        return Outcome.NONE
    if p_value <= UNSURE_UP_TO or probability < SURE_FROM:
        return Outcome.UNSURE
    return Outcome.SURE


def _nothing_known(familiar: Collection[str]) -> IntentModel:
    empty = np.zeros((0, 0), np.float32)
    none = np.zeros(0, np.intp)
    return IntentModel(
        intents=(),
        labels=none,
        width=0,
        lens=CLEAR,
        likeness=Likeness(empty, [], none),
        spelling=Spelling([], familiar),
        ridge=Ridge(lambda like: like, lambda _: empty, lambda _, __: empty, lambda _: empty),
        reaches=empty.ravel(),
        balance=USUAL_BALANCE,
        usual=empty,
        novelty=assume_novelty(),
        temperature=1.0,
        held_out_accuracy=None,
        held_out_labels=none,
        held_out_blend=empty,
    )
