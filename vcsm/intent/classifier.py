"""The few-shot intent model: from examples to a guess with a probability and a p-value. Pure.

Kernel ridge on a sentence encoder's layered feature plus a little likeness of wording, blended with
the likeness to each intent's centre; probabilities by a held-out temperature; "none of these" by
`novelty`. Fits 1,500 examples in about a second and answers in a fraction of a millisecond.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from vcsm.intent.calibrate import fit_temperature, softmax
from vcsm.intent.closeness import (
    ABSENT,
    MEASURES,
    Standing,
    centres,
    measure,
    unit,
    usual_closeness,
)
from vcsm.intent.guess import (
    NO_GUESS,
    Example,
    Floats,
    Guess,
    Labels,
    Outcome,
    as_floats,
    stack_features,
)
from vcsm.intent.novelty import ENOUGH_TO_REJECT, Novelty, assume_novelty, learn_novelty
from vcsm.intent.plain import strip_pleasantries
from vcsm.intent.ridge import Ridge, fit_ridge
from vcsm.intent.spelling import Spelling
from vcsm.intent.wording import WordIndex

WORD_WEIGHT = 0.1
NONE_UP_TO = 0.10
UNSURE_UP_TO = 0.20
SURE_FROM = 0.5
"""A probability below it is a question back, however near the examples are."""
CALIBRATE_ON = 3_000
IMAGINE_AWAY = 200
"""Intents imagined away at most; more change nothing but the time."""
EXAMPLES_AWAY = 500
"""Of one intent imagined away."""
ALTERNATIVES = 5


@dataclass(frozen=True)
class IntentModel:
    """What a workspace knows. Immutable, so threads may share it; `fit` makes one."""

    intents: tuple[str, ...]
    features: Floats
    labels: Labels
    """(examples,) the place in `intents` of each example, names included."""
    words: WordIndex
    spelling: Spelling
    ridge: Ridge
    centres: Floats
    usual: Floats
    novelty: Novelty
    temperature: float
    held_out_accuracy: float | None
    """Share of examples that the others would have named right; None with too few to say."""
    held_out_labels: Labels
    """(rows,) the intent, by its place in `intents`, of each example that was left out once."""
    held_out_blend: Floats
    """(rows, intents) their scores when left out."""

    def plain(self, text: str) -> str:
        """A message as it is to be embedded and classified: spelt as the examples are, and
        without greetings and thanks. The examples' vectors are of `plain.strip_pleasantries`."""
        return self.spelling.correct(strip_pleasantries(text))

    def classify(self, feature: Floats, text: str) -> Guess:
        """Guesses the intent of one text, made `plain` before. `feature` (width,) is its
        `embeddings.Reading`'s."""
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
        """The score under the p-value, for ranking texts by how known they look."""
        standing = self._stand(feature, text)
        return self._score(standing, int(standing.blend[0].argmax()))

    def recalibrate(self, scores: Sequence[float]) -> "IntentModel":
        """With `familiarity` of confirmed live messages as the measure of what is known.

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
        if feature.shape != self.features.shape[1:]:
            raise ValueError(
                f"The text's vector has {feature.size} numbers and the examples' "
                f"{self.features.shape[1]}: they are of different encoders."
            )
        similar = self.features @ feature
        anchors = self.ridge.anchors
        like = np.exp(2 * similar[anchors] - 2) + WORD_WEIGHT * self.words.compare(text)[anchors]
        scores = like @ self.ridge.weights
        return Standing(scores[None], (self.centres @ feature)[None], similar[None])


def fit(examples: Sequence[Example], *, familiar: Collection[str] = ()) -> IntentModel:
    """Learns from the examples. `familiar` are words of the language (`embeddings.familiar_words`),
    by which misspelt ones are known; without them spelling is left alone.

    Works from a single example per intent, or its name alone; raises ValueError when the vectors
    are of different encoders. Deterministic: the same examples give the same model.
    """
    known = tuple(dict.fromkeys([example.intent for example in examples]))
    if not known:
        return _nothing_known()
    number = {intent: index for index, intent in enumerate(known)}
    labels = np.array([number[example.intent] for example in examples], np.intp)
    features = unit(stack_features(examples))
    words = WordIndex([strip_pleasantries(example.text) for example in examples])
    spelling = Spelling([example.text for example in examples], familiar)

    def kernel(rows: Labels, columns: Labels) -> Floats:
        like = np.exp(2 * features[rows] @ features[columns].T - 2)
        like += WORD_WEIGHT * words.compare_rows(rows)[:, columns]
        return as_floats(like)

    ridge = fit_ridge(kernel, labels, len(known))
    sums = centres(features, labels, len(known))
    are_names = np.array([example.is_name for example in examples], bool)
    held = _hold_out(_Fitted(features, labels, are_names, sums, ridge))
    return IntentModel(
        intents=known,
        features=features,
        labels=labels,
        words=words,
        spelling=spelling,
        ridge=ridge,
        centres=unit(sums),
        usual=held.usual,
        novelty=held.novelty,
        temperature=held.temperature,
        held_out_accuracy=held.accuracy,
        held_out_labels=labels[held.rows],
        held_out_blend=held.blend,
    )


@dataclass(frozen=True)
class _Fitted:
    features: Floats
    labels: Labels
    are_names: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    sums: Floats
    ridge: Ridge


@dataclass(frozen=True)
class _HeldOut:
    rows: Labels
    blend: Floats
    usual: Floats
    novelty: Novelty
    temperature: float
    accuracy: float | None


def _hold_out(fitted: _Fitted) -> _HeldOut:
    """Everything that is learned from leaving examples, and intents, out."""
    labels, intents = fitted.labels, len(fitted.sums)
    counts = np.bincount(labels, minlength=intents)
    # With its only example gone an intent is gone, and the example no longer a known text.
    rows = np.flatnonzero(~fitted.are_names & (counts[labels] > 1))
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), CALIBRATE_ON)).astype(int)]
    own = labels[rows]
    standing = _stand_held_out(fitted, rows)
    blend = standing.blend
    temperature = fit_temperature(blend, own)
    if len(rows) < ENOUGH_TO_REJECT:
        usual = np.zeros((intents, MEASURES), np.float32)
        return _HeldOut(rows, blend, usual, assume_novelty(), temperature, None)
    measures = measure(standing)
    usual = usual_closeness(measures, own, intents)
    guessed = blend.argmax(axis=1)
    imagined = _imagine_away(fitted, usual)
    novelty = learn_novelty(measures - usual[guessed], imagined)
    accuracy = float((guessed == own).mean())
    return _HeldOut(rows, blend, usual, novelty, temperature, accuracy)


def _stand_held_out(fitted: _Fitted, rows: Labels) -> Standing:
    own, within = fitted.labels[rows], np.arange(len(rows))
    mine = fitted.features[rows]
    centre = mine @ unit(fitted.sums).T
    centre[within, own] = (mine * unit(fitted.sums[own] - mine)).sum(axis=1)
    similar = mine @ fitted.features.T
    similar[within, rows] = ABSENT
    return Standing(fitted.ridge.held_out(rows), centre, similar)


def _imagine_away(fitted: _Fitted, usual: Floats) -> Floats:
    """(texts, MEASURES) excess measures of examples whose whole intent is left out."""
    intents = len(fitted.sums)
    if intents < 4:
        return np.zeros((0, MEASURES), np.float32)
    chosen = np.linspace(0, intents - 1, min(intents, IMAGINE_AWAY)).astype(int)
    parts, directions = [], unit(fitted.sums)
    for intent in np.unique(chosen):
        everyone = np.flatnonzero(fitted.labels == intent)[:EXAMPLES_AWAY]
        ridge = fitted.ridge.without(everyone)
        messages = ~fitted.are_names[everyone]
        mine = fitted.features[everyone]
        centre, similar = mine @ directions.T, mine @ fitted.features.T
        ridge[:, intent], centre[:, intent] = ABSENT, ABSENT
        similar[:, fitted.labels == intent] = ABSENT
        standing = Standing(ridge[messages], centre[messages], similar[messages])
        if messages.any():
            parts.append(measure(standing) - usual[standing.blend.argmax(axis=1)])
    return np.concatenate(parts) if parts else np.zeros((0, MEASURES), np.float32)


def _decide(p_value: float, probability: float) -> Outcome:
    if p_value <= NONE_UP_TO:
        return Outcome.NONE
    if p_value <= UNSURE_UP_TO or probability < SURE_FROM:
        return Outcome.UNSURE
    return Outcome.SURE


def _nothing_known() -> IntentModel:
    empty = np.zeros((0, 0), np.float32)
    none = np.zeros(0, np.intp)
    ridge = Ridge(empty, none, lambda _: empty, lambda _: empty)
    return IntentModel(
        (),
        empty,
        none,
        WordIndex([]),
        Spelling([]),
        ridge,
        empty,
        empty,
        assume_novelty(),
        1.0,
        None,
        none,
        empty,
    )
