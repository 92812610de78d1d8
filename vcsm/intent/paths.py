"""Infers what contacts want from the ways they take through the product. Pure.

Naive Bayes over the pages and tracked events of a session, learned from sessions in which the
contact said what they wanted. Steps of one visit depend on each other, so their evidence is
tempered by the square root of their number. The model speaks only from the probability at which,
leaving each session out, `RIGHT_FROM` of its guesses would be right.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

RIGHT_FROM = 0.8
SESSIONS_FROM = 30
"""Number of sessions below which nothing is learned."""
SPOKEN_FROM = 10
"""Number of held-out guesses that `speaks_from` must rest on."""
STEPS = 8
"""Number of latest distinct steps of a visit that count."""

_ID = re.compile(r"^(?:\d+|[0-9a-f]{8,}|[0-9a-f-]{32,36}|.*\d{3,}.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Way:
    """One session: the steps before the contact asked, and the intent."""

    steps: tuple[str, ...]
    intent: str


@dataclass(frozen=True)
class PathModel:
    intents: dict[str, int] = field(default_factory=dict)
    """Number of sessions by intent."""
    steps: dict[str, dict[str, int]] = field(default_factory=dict)
    """Number of those sessions that took a step, by step and intent."""
    speaks_from: float | None = None
    """Probability from which it guesses; None while too little is known to guess at all."""

    def guess(self, steps: Sequence[str]) -> tuple[str, float] | None:
        """Returns the intent of a visit and its probability; None where the way does not tell."""
        taken = keep_latest(steps)
        if self.speaks_from is None or not any(step in self.steps for step in taken):
            return None
        best, chance = _likeliest(self, taken)
        return (best, chance) if chance >= self.speaks_from else None


def name_page(page: str) -> str:
    """Returns a page as a step, with `:id` for every identifier in its path."""
    parts = [":id" if _ID.match(part) else part for part in page.split("/")]
    return "/".join(parts)[:200]


def keep_latest(steps: Sequence[str]) -> tuple[str, ...]:
    """Returns the latest distinct steps, in the order in which they were last taken."""
    latest = dict.fromkeys(reversed(steps))
    return tuple(list(latest)[:STEPS][::-1])


def learn_paths(ways: Iterable[Way]) -> PathModel:
    """Learns from sessions whose intent is known."""
    kept = [Way(keep_latest(way.steps), way.intent) for way in ways if way.steps]
    intents = Counter(way.intent for way in kept)
    steps: dict[str, Counter[str]] = defaultdict(Counter)
    for way in kept:
        for step in way.steps:
            steps[step][way.intent] += 1
    known = PathModel(dict(intents), {step: dict(by) for step, by in steps.items()})
    if len(kept) < SESSIONS_FROM or len(intents) < 2:
        return known
    return PathModel(known.intents, known.steps, _level(known, kept))


def _level(model: PathModel, ways: Sequence[Way]) -> float | None:
    """Returns the lowest probability from which enough held-out guesses are right, or None."""
    guesses = []
    for way in ways:
        best, chance = _likeliest(model, way.steps, without=way)
        guesses.append((chance, best == way.intent))
    guesses.sort(reverse=True)
    level, right = None, 0
    for count, (chance, hit) in enumerate(guesses, start=1):
        right += hit
        if count >= SPOKEN_FROM and right / count >= RIGHT_FROM:
            level = chance
    return level


def _likeliest(
    model: PathModel, steps: Sequence[str], *, without: Way | None = None
) -> tuple[str, float]:
    temper = 1 / math.sqrt(max(len(steps), 1))
    logs = {}
    for intent, sessions in model.intents.items():
        own = int(without is not None and without.intent == intent)
        count = sessions - own
        evidence = 0.0
        for step in steps:
            seen = model.steps.get(step, {}).get(intent, 0)
            seen -= int(bool(own) and without is not None and step in without.steps)
            evidence += math.log((seen + 0.5) / (count + 1))
        logs[intent] = math.log(count + 0.5) + temper * evidence
    top = max(logs.values())
    chances = {intent: math.exp(value - top) for intent, value in logs.items()}
    best = max(sorted(chances), key=lambda intent: chances[intent])
    return best, chances[best] / sum(chances.values())
