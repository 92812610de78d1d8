"""The tone of a message, and whether it asks for a person: two small models on one vector."""

from dataclasses import dataclass
from functools import cache

from vcsm.core import embeddings
from vcsm.core.kept_arrays import read_kept
from vcsm.intent import person_examples, tone_examples
from vcsm.intent.classifier import IntentModel, fit
from vcsm.intent.guess import Example, Floats
from vcsm.intent.person import refuses_human, wants_human

TONES = ("negative", "neutral", "positive")
ASKS_FROM = 0.80
"""Probability from which the model alone finds an ask; a match of the rules is always one."""
ASKS_WORDS = 30
"""Words above which a message tells a story, and only the rules say whether it asks."""


@dataclass(frozen=True)
class Tone:
    tone: str
    """negative, neutral or positive."""
    valence: float
    """-1 to 1: probability of positive minus that of negative."""
    wants_human: bool
    by_rule: bool
    """Whether the written rules found the ask, rather than only the model."""


def read_tone(text: str, feature: Floats | None = None) -> Tone:
    """Reads one message. `feature` is that of its `embeddings.Reading`, if it has one."""
    text = embeddings.clean_text(text)
    feature = embeddings.read(text).feature if feature is None else feature
    chances = dict(_tone_model().classify(feature, text).alternatives)
    asks = wants_human(text)
    return Tone(
        tone=max(TONES, key=lambda tone: chances[tone]) if text else "neutral",
        valence=chances["positive"] - chances["negative"] if text else 0.0,
        wants_human=asks or _model_says_ask(text, feature),
        by_rule=asks,
    )


def asks_for_person(text: str, feature: Floats | None = None) -> bool:
    """Returns whether the text asks for a human, by rule or by model: asking always escalates."""
    return read_tone(text, feature).wants_human


def shift(valences: list[float], *, now: float) -> float:
    """Returns how far `now` lies above the person's usual valence; negative: below it.

    `valences` are those of their earlier messages. The usual is an average that starts with three
    messages of 0, which is everyone's usual, so each message moves it.
    """
    usual = sum(valences) / (len(valences) + 3)
    return now - usual


def _model_says_ask(text: str, feature: Floats) -> bool:
    if not text or len(text.split()) > ASKS_WORDS or refuses_human(text):
        return False
    guess = _person_model().classify(feature, text)
    return guess.intent == "asks" and guess.probability >= ASKS_FROM and guess.p_value > 0.05


@cache
def _tone_model() -> IntentModel:
    return _learn(
        {
            "negative": tone_examples.NEGATIVE,
            "neutral": tone_examples.NEUTRAL,
            "positive": tone_examples.POSITIVE,
        }
    )


@cache
def _person_model() -> IntentModel:
    others = tone_examples.NEGATIVE + tone_examples.NEUTRAL + tone_examples.POSITIVE
    return _learn(
        {
            "asks": person_examples.ASKS_PERSON,
            "asks not": person_examples.ASKS_NO_PERSON + others,
        }
    )


def _learn(blocks: dict[str, str]) -> IntentModel:
    rows = [(name, line) for name, block in blocks.items() for line in tone_examples.lines(block)]
    features = read_kept([line for _, line in rows])
    return fit(
        [Example(name, line, feature) for (name, line), feature in zip(rows, features, strict=True)]
    )
