"""One number for how much a session struggles, with the parts it is made of.

Only signals count: clicks, pages and hours that raise no signal leave it at 0, so exploring and
hard work are not struggle. Each standing signal weighs its severity times the trust in its kind,
and half as much after every `HALF_LIFE_MS` (those who are frustrated tend to stay so: Feild & Allan
2009). Signals on one element at one time are judged together. The sum is set against what this
contact's sessions usually weigh, and saturates.

The trust and the scale are set so that three plain pieces of evidence against one thing (dead
clicks, errors, searches without result) are worth an offer of help. They are priors from the
literature and from how products' own people weigh these kinds, since no public data has human
labels to fit them to; what is sent to a human is calibrated on verdicts in `vcsm.escalation`.
"""

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from vcsm.friction.signal import Signal

HALF_LIFE_MS = 5 * 60_000

TRUST: dict[str, float] = {
    "rage": 1.0,
    "dead": 0.9,
    "error_click": 1.0,
    "error_burst": 0.6,
    "failing_request": 0.9,
    "slow_page": 0.4,
    "slow_interaction": 0.4,
    "form_reentry": 0.6,
    "validation_loop": 0.9,
    "form_hesitation": 0.4,
    "form_abandonment": 0.7,
    "u_turn": 0.4,
    "page_loop": 0.9,
    "refresh_loop": 0.9,
    "search_struggle": 0.9,
    "repeated_question": 1.0,
    "help_visit": 0.6,
    "stalled_step": 0.9,
    "thrashed_cursor": 0.25,
}
"""How much a signal of each kind says about struggle at a severity of 1."""

SCALE = 1.0
"""Weight at which the score of a contact without history is 1 - 1/e, about 0.63."""

TOGETHER_MS = 3_000
"""Signals on one element this close in time are about the same clicks."""

JOINT = 1.25
"""Factor that different kinds of signals on one element gain by agreeing."""

CLICK_KINDS = frozenset({"rage", "dead", "error_click", "slow_interaction"})

USUAL_LOAD = 0.4
"""Expected weight of a session of a contact about whom nothing is known."""

USUAL_SESSIONS = 5
"""How many sessions of a contact count as much as what is usual for everybody."""


class Baseline(Struct, frozen=True):
    """What a contact's earlier sessions weighed: their number and the sum of their weights."""

    sessions: int = 0
    load: float = 0.0

    @property
    def expected(self) -> float:
        """Mean weight of a session, shrunk towards `USUAL_LOAD` while there are few."""
        return (self.load + USUAL_SESSIONS * USUAL_LOAD) / (self.sessions + USUAL_SESSIONS)

    def include(self, load: float) -> "Baseline":
        """Returns the baseline after one more session of this weight."""
        return Baseline(sessions=self.sessions + 1, load=self.load + load)


class Part(Struct, frozen=True):
    """What one signal adds to the score."""

    key: str
    kind: str
    contribution: float


class Struggle(Struct, frozen=True):
    """A session's struggle: `score`, 0 to 1, sums its parts' contributions (largest first).

    `load` is the weight before saturation, for the next baseline; `expected` is what the contact's
    sessions usually weigh.
    """

    score: float
    parts: tuple[Part, ...]
    load: float
    expected: float


def score(signals: Iterable[Signal], *, at: int, baseline: Baseline | None = None) -> Struggle:
    """Returns the struggle of one session at `at` (milliseconds, on the clock of the signals).

    `signals` may hold an episode several times; its last state counts, and if that is retracted
    the episode counts for nothing.
    """
    standing = [one for one in _latest(signals) if not one.retracted and one.severity > 0]
    expected = (baseline or Baseline()).expected
    weights = {one.key: _weigh(one, at) for one in standing}
    _judge_together(standing, weights)
    load = math.fsum(weights.values())
    total = 1 - math.exp(-load / (SCALE * _indulgence(expected)))
    parts = [
        Part(key=one.key, kind=one.kind, contribution=round(total * weights[one.key] / load, 4))
        for one in standing
        if load > 0
    ]
    parts.sort(key=lambda part: (-part.contribution, part.key))
    return Struggle(
        score=round(total, 4), parts=tuple(parts), load=round(load, 4), expected=round(expected, 4)
    )


def _latest(signals: Iterable[Signal]) -> list[Signal]:
    return list({signal.key: signal for signal in signals}.values())


def _weigh(signal: Signal, at: int) -> float:
    age = max(0, at - signal.last_at)
    trust = TRUST.get(signal.kind, 0.5)
    return float(trust * signal.severity * 0.5 ** (age / HALF_LIFE_MS))


def _indulgence(expected: float) -> float:
    """Returns how many times the usual weight it takes with this contact, from 0.5 to 2.5."""
    return min(2.5, max(0.5, expected / USUAL_LOAD))


def _judge_together(standing: Sequence[Signal], weights: dict[str, float]) -> None:
    """Counts clicks that two kinds share only once, and rewards kinds that agree on an element."""
    by_element: dict[str, list[Signal]] = {}
    for signal in standing:
        if signal.element and signal.kind in CLICK_KINDS:
            by_element.setdefault(signal.element.id, []).append(signal)
    for signals in by_element.values():
        # Strongest first: the weaker of two signals gives way for the clicks they share.
        signals.sort(key=lambda one: (-weights[one.key], one.key))
        for index, weaker in enumerate(signals):
            shared = sum(_shared(weaker, stronger) for stronger in signals[:index])
            weights[weaker.key] *= max(0.0, 1 - shared / max(weaker.count, 1))
        if len({signal.kind for signal in signals}) > 1:
            for signal in signals:
                weights[signal.key] *= JOINT


def _shared(one: Signal, other: Signal) -> int:
    """Returns how many clicks of `one` are also clicks of `other`, going by time and number."""
    if one.kind == other.kind:
        return 0
    apart = max(one.started_at, other.started_at) - min(one.last_at, other.last_at)
    return min(one.count, other.count) if apart <= TOGETHER_MS else 0
