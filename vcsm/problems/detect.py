"""Evidence that a stream is worse than usual, and when it suffices over all streams and all time.

**Evidence.** Each stream has a Shiryaev-Roberts e-detector (Shin, Ramdas, Rinaldo 2022, NEJSDS).
The rate may have risen at any step and by any lift of `lifts_of`; the likelihood ratios of all
these cases against "as usual" are summed, weighted by how likely such causes are. A weight fixed
before the hits arrive leaves the mean unchanged. The usual rate is Gamma-Poisson: how well it is
known and how much days differ are integrated out, and the stream's last hours move it (Smith &
Miller 1986), so that a bad day counts for little on a busy stream. If every start had weight 1, the
average run length under no change would be at least 1/α at the threshold 1/α. Here the starts weigh
at most 1 in sum over a period, so the sum is an e-process: its mean stays at or below 1 whenever
one stops, without any asymptotics.

**Multiplicity.** A stream has the share γ of the error budget, Σγ ≤ 1. With R problems open or
past in the period, m at once are raised when each has E·γ·q·(R+m) ≥ 1: e-LOND (Xu & Ramdas 2024)
with the step-up of e-BH (Wang & Ramdas 2022) at each step. The expected share of false problems
among all those of the period stays at or below q, under any dependence between the streams:
FDP ≤ Σ over false ones of 1/(R+m) ≤ q · Σ γ·E.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LIFTS = 4
"""How many multiples of its usual rate each stream is tested for; `SIZE` is tested beside them."""
SIZE = 20.0
"""Hits an hour that must be found within a quarter of an hour, wherever they occur. This size has
SIZE_WEIGHT of a start's weight; the lifts share the rest evenly."""
SIZE_WEIGHT = 0.5
LEAST_LIFT, MOST_LIFT = 5.0, 1000.0
STRUCK = 0.6
"""Share of the sessions seeing a place that the gravest cause hits. No lift goes beyond it: the
lifts reach higher where little is usual, and none is wasted where much is."""
FLEET_LIFTS = np.array([[1.8, 2.5, 4.0]])
"""Lifts for all pages together, where little is left to chance."""
STEP_MINUTES = 1
HOUR_STEPS = 60 // STEP_MINUTES
PERIOD_DAYS = 42
"""Days over which the share of false problems is held; then the budget is given out anew."""
RELEASE_SHARE = 0.4
"""Part of the starts' weight kept for the hours after releases, which cause most problems."""
RELEASE_STEPS = HOUR_STEPS
FADING_STEPS = 10 / STEP_MINUTES
"""Steps in which that weight falls by a factor of e: a release breaks things at once."""
BEYOND_SHARE = 0.2
EXPOSED_STEPS = 20 // STEP_MINUTES
"""A session that saw a place is hit there within minutes, so exposure is that of the last 20."""
MEMORY_STEPS = 8 * HOUR_STEPS
"""How long a stream's own hits move its usual, since days differ; they halve in 5.5 hours."""
LATELY = 2.0
"""The most weight those hits may have against what is known from before."""
FIRST_SHARE = 0.9
"""Part of the budget for streams that exist when a period begins; new ones share the rest."""
CARRIED = 0.1
"""Part of the evidence at a period's end that goes on into the next."""
SETTLED = 1.5
_CEILING = 1e100
_GROWTH = 200.0


@dataclass(slots=True)
class Evidence:
    """The evidence of all streams at one moment; changed in place, as it is updated every minute.

    The row sums of `value`, shape (streams, lifts), are the e-processes. `onset`, of the same
    shape, is the step at which each may have begun. `lifts` says how many times the usual each
    column stands for, and may be learnt anew between two steps; where `sized`, the last column is
    what `SIZE` amounts to at each step. `lately` and `expected`, shape (streams,), are recent hits
    and usual hits, both fading.
    """

    value: Floats
    onset: Ints
    lately: Floats
    expected: Floats
    lifts: Floats
    sized: bool = False

    @classmethod
    def empty(cls, lifts: Floats, *, sized: bool = False) -> "Evidence":
        """Returns evidence of nothing for `lifts` of shape (streams, lifts)."""
        streams, onset = len(lifts), np.zeros(lifts.shape, dtype=np.int64)
        return cls(np.zeros(lifts.shape), onset, np.zeros(streams), np.zeros(streams), lifts, sized)

    @classmethod
    def of_streams(cls, rate: Floats) -> "Evidence":
        """Returns evidence of nothing for streams with the usual `rate`, as in `lifts_of`."""
        return cls.empty(lifts_of(rate), sized=True)

    @property
    def prior(self) -> Floats:
        """Each lift's part of a start's weight, shape (lifts,); sums to 1."""
        number = self.lifts.shape[1]
        if not self.sized:
            return np.full(number, 1 / number)
        return np.append(np.full(number - 1, (1 - SIZE_WEIGHT) / (number - 1)), SIZE_WEIGHT)

    def fit_size(self, usual: Floats) -> None:
        """Sets the last lift to what `SIZE` amounts to beside `usual` hits a step, shape
        (streams,).

        It is known before the step's hits are, so each value stays an e-process. Where `SIZE` is
        small beside the usual, it cannot be told from a bad day in a quarter of an hour: the lift
        is then no less than the second.
        """
        if self.sized:
            size = SIZE / HOUR_STEPS / np.maximum(usual, 1e-9)
            self.lifts[:, -1] = np.clip(size, self.lifts[:, 1], self.lifts[:, -2])

    @property
    def total(self) -> Floats:
        return np.asarray(self.value.sum(axis=1))

    def onset_of(self, stream: int) -> int:
        """Returns the step at which the strongest evidence for this stream began."""
        return int(self.onset[stream, self.value[stream].argmax()])

    def lift_of(self, stream: int) -> float:
        """Returns the lift, in times the usual, that this stream's strongest evidence is for."""
        return float(self.lifts[stream, self.value[stream].argmax()])

    def clear(self, streams: Ints) -> None:
        """Drops the evidence of these streams, and their recent hits, which are not usual."""
        self.value[streams] = 0.0
        self.lately[streams] = self.expected[streams] = 0.0


def lifts_of(rate: Floats) -> Floats:
    """Returns the lifts each stream is tested for, evenly spaced in proportion, shape (streams,
    LIFTS + 1). The last column is the place of `SIZE`, which `Evidence.fit_size` sets at each step.

    `rate` is usual hits per session that saw the place, shape (streams,).
    """
    most = np.clip(STRUCK / np.maximum(rate, 1e-9), 3 * LEAST_LIFT, MOST_LIFT)
    return np.column_stack([np.geomspace(LEAST_LIFT, most, LIFTS, axis=1), most])


def accumulate(
    evidence: Evidence,
    *,
    hits: Floats,
    usual: Floats,
    shape: Floats,
    starting: float,
    step: int,
    steps: int = 1,
) -> None:
    """Updates the evidence, in place, by `steps` more steps; new starts get the onset `step`.

    `hits`, `usual` (expected hits) and `shape` (how firm the usual is: 1 over the relative variance
    of a day's rate) have shape (streams,); `starting` is the weight of a start (`starting_weight`).
    Nothing is learnt where nothing is expected: a source that is silent or blind neither raises nor
    lowers the evidence.
    """
    evidence.fit_size(usual)
    value, lifts = evidence.value, evidence.lifts
    # Recent hits count at most twice as much as what is known from before, since days change; a
    # good day does not make the next one bad.
    trust = np.minimum(1.0, LATELY * shape / np.maximum(evidence.expected, 1e-9))
    firm = shape + trust * np.maximum(evidence.lately, evidence.expected)
    known = shape + trust * evidence.expected
    gained = -usual[:, None] * lifts
    gained += (firm * np.log1p(usual / known))[:, None]
    np.minimum(gained, _GROWTH, out=gained)
    struck = np.flatnonzero(hits)
    of_struck = gained[struck]
    factor = np.exp(gained, out=gained)
    if starting > 0:
        # Nothing begins where nobody comes by, and existing evidence keeps its earlier onset.
        weight = starting * evidence.prior * (usual > 0)[:, None]
        # Without hits the sum settles where a start makes up for what a step takes away.
        evidence.onset[(1 - factor) * value < SETTLED * weight] = step
        value += weight
    if len(struck):
        number, base = hits[struck], firm[struck]
        worse = np.log((known + usual)[struck][:, None] * lifts[struck])
        chance = gammaln(base + number) - gammaln(base)
        of_struck += number[:, None] * worse - chance[:, None]
        factor[struck] = np.exp(np.minimum(of_struck, _GROWTH))
    value *= factor
    np.minimum(value, _CEILING, out=value)
    fading = np.exp(-steps / MEMORY_STEPS)
    evidence.lately += hits
    evidence.lately *= fading
    evidence.expected += usual
    evidence.expected *= fading


def starting_weight(
    part: float, *, releases: int, expected: int, since_release: int | None
) -> float:
    """Returns the weight of a start now; over a period the weights sum to at most 1.

    `part` is this step's expected part of the period's traffic. `releases` were seen in the period
    so far, the latest `since_release` steps ago. As many as were `expected` beforehand share
    evenly; those beyond them get a fifth together. A release's weight fades step by step.
    """
    weight = (1 - RELEASE_SHARE) * part
    if since_release is not None and since_release < RELEASE_STEPS and releases > 0:
        beyond = releases - max(expected, 0)
        if beyond <= 0:
            share = (1 - BEYOND_SHARE) / expected
        else:
            share = BEYOND_SHARE / (beyond * (beyond + 1))
        fade = math.exp(-1 / FADING_STEPS)
        now = fade**since_release * (1 - fade) / (1 - fade**RELEASE_STEPS)
        weight += RELEASE_SHARE * share * now
    return weight


def expect_releases(before: int, *, days: float) -> int:
    """Returns how many releases a period will bring, from the number in the `days` before it."""
    return math.ceil(before * PERIOD_DAYS / days) + 1


def share_out(seen: Floats, *, first: int) -> Floats:
    """Returns γ for each stream in order of appearance, shape (streams,); sums to at most 1.

    The `first` streams were there when the period began. Their shares follow the square root of
    the sessions that come by (`seen`): things break where they are used, if not in proportion.
    Each doubling after that gets half of what is left, so that a stranger who invents elements
    takes nothing from real ones.
    """
    shares = np.empty(len(seen))
    first = max(first, 1)
    traffic = np.sqrt(seen[:first] + seen[:first].mean() / 100 + 1e-9)
    shares[:first] = FIRST_SHARE * traffic / traffic.sum()
    begin, size, left = first, first, 1 - FIRST_SHARE
    while begin < len(seen):
        left /= 2
        shares[begin : begin + size] = left / size
        begin, size = begin + size, size * 2
    return shares


def raise_alarms(total: Floats, share: Floats, *, q: float, raised: int, groups: Ints) -> Ints:
    """Returns the streams whose evidence suffices now, strongest first.

    `total`, `share` and `groups` have shape (streams,). Streams of one group may turn out to be one
    problem and count once. `raised` is the number of problems raised in the period so far.
    """
    strength = total * share * q
    if strength.max(initial=0.0) * (raised + len(strength)) < 1:
        return np.empty(0, dtype=np.int64)
    candidates = np.flatnonzero(strength * (raised + len(strength)) >= 1)
    candidates = candidates[np.argsort(-strength[candidates], kind="stable")]
    for size in range(len(candidates), 0, -1):
        chosen = candidates[:size]
        together = len(np.unique(groups[chosen]))
        if strength[chosen[-1]] * (raised + together) >= 1:
            return chosen
    return candidates[:0]
