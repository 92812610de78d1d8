"""Says how good a workspace's intents are and what to add, before anyone asks in vain. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vcsm.intent.classifier import IntentModel

THIN_BELOW = 5
"""Number of examples below which an intent is guessed rather than known."""
CONFUSED_FROM = 2
"""Number of held-out examples taken for the other intent from which a pair is shown."""
PAIRS = 20


@dataclass(frozen=True)
class Confusion:
    intent: str
    taken_for: str
    times: int
    advice: str


@dataclass(frozen=True)
class Health:
    accuracy: float | None
    """Share of examples that the others name right: within two points of live accuracy at ten
    examples per intent, pessimistic below that. None with too few examples to say."""
    intents: int
    examples: int
    confusions: tuple[Confusion, ...]
    """Pairs that share a text first, then the most often confused; each pair once, whichever way
    round."""
    thin: tuple[tuple[str, int], ...]
    """(intent, examples), fewest first."""
    weak: tuple[tuple[str, float], ...]
    """(intent, share right) of intents with less than half right, worst first."""


def assess(
    model: IntentModel,
    *,
    counts: Mapping[str, int],
    titles: Mapping[str, str],
    examples: Sequence[tuple[str, str]] = (),
) -> Health:
    """Judges a fitted model.

    `counts` are examples per intent without names; `examples` (intent, text) are searched for texts
    of two intents.
    """
    own = model.held_out_labels
    guessed = model.held_out_blend.argmax(axis=1) if len(own) else own
    wrong = Counter(
        (model.intents[int(a)], model.intents[int(b)])
        for a, b in zip(own, guessed, strict=True)
        if a != b
    )
    together: Counter[tuple[str, str]] = Counter()
    for (first, second), times in wrong.items():
        together[min((first, second), (second, first))] += times
    confusions = tuple(
        _confusion(pair, times, wrong, titles)
        for pair, times in together.most_common(PAIRS)
        if times >= CONFUSED_FROM
    )
    doubled = _doubled(examples, titles)[:PAIRS]
    named = {_pair(one) for one in doubled}
    return Health(
        accuracy=model.held_out_accuracy,
        intents=len(counts),
        examples=sum(counts.values()),
        confusions=(*doubled, *(one for one in confusions if _pair(one) not in named)),
        thin=tuple(
            sorted(
                ((name, count) for name, count in counts.items() if count < THIN_BELOW),
                key=lambda pair: (pair[1], pair[0]),
            )
        ),
        weak=_weak(model, own == guessed),
    )


def _pair(one: Confusion) -> frozenset[str]:
    return frozenset((one.intent, one.taken_for))


def _doubled(
    examples: Sequence[tuple[str, str]], titles: Mapping[str, str]
) -> tuple[Confusion, ...]:
    """Finds texts that are examples of two intents.

    They teach neither, and a message like them leads to a question back.
    """
    under: dict[str, list[str]] = {}
    for intent, text in examples:
        own = under.setdefault(" ".join(text.casefold().split()), [])
        if intent not in own:
            own.append(intent)
    shared: dict[tuple[str, str], list[str]] = {}
    for text, own in under.items():
        if len(own) > 1:
            shared.setdefault((min(own), max(own)), []).append(text)
    return tuple(
        Confusion(
            first,
            second,
            len(texts),
            f"“{texts[0][:80]}” is an example of both “{titles.get(first, first)}” and "
            f"“{titles.get(second, second)}”: leave it with one of them.",
        )
        for (first, second), texts in shared.items()
    )


def _confusion(
    pair: tuple[str, str],
    times: int,
    wrong: Counter[tuple[str, str]],
    titles: Mapping[str, str],
) -> Confusion:
    first, second = max(pair, pair[::-1], key=lambda way: wrong[way])
    advice = (
        f"Add examples that only “{titles.get(first, first)}” would get, or merge it with "
        f"“{titles.get(second, second)}”."
    )
    return Confusion(first, second, times, advice)


def _weak(
    model: IntentModel, right: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> tuple[tuple[str, float], ...]:
    own = model.held_out_labels
    found = []
    for number, name in enumerate(model.intents):
        mine = right[own == number]
        if len(mine) >= THIN_BELOW and mine.mean() < 0.5:
            found.append((name, float(mine.mean())))
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))
