"""Evidence that a stream is worse than usual, and when it is enough, over all streams and time.

**Evidence.** For each stream a Shiryaev-Roberts e-detector (Shin, Ramdas, Rinaldo 2022, NEJSDS):
every step may be the one at which the rate rose, every lift of `lifts_of` is possible, and the
likelihood ratios of all of them against "as usual" are summed up, weighed by what causes are like:
a weight that is fixed before the hits come leaves the mean as it is. Usual is a Gamma-Poisson rate:
how well it is known, and how days differ, is integrated out, and what the stream did in the last
hours moves it (Smith & Miller 1986), so that a bad day counts for little on a busy stream. Started
with weight 1 a step, the average run length under no change is at least 1/α at the threshold 1/α.
Here the starts weigh at most 1 in sum over a period, so the same sum is an e-process: its mean
stays at or below 1 whenever one stops, without any asymptotics.

**Multiplicity.** A stream has the share γ of the error budget, Σγ ≤ 1. With R problems open or
past in the period, m at once are raised when each has E·γ·q·(R+m) ≥ 1: e-LOND (Xu & Ramdas 2024)
with the step-up of e-BH (Wang & Ramdas 2022) at each step. The expected share of false problems
among all of the period stays at or below q, whatever depends on whatever:
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
"""So many times the usual rate may be, whatever that is; beside them stands one size."""
SIZE = 20.0
"""Hits an hour that are to be found within a quarter of an hour, wherever they come: this size has
SIZE_WEIGHT of a start's weight, the lifts share the rest evenly."""
SIZE_WEIGHT = 0.5
LEAST_LIFT, MOST_LIFT = 5.0, 1000.0
STRUCK = 0.6
"""Share of those who see a place that the gravest cause hits: no lift goes beyond it, so that where
little is usual more is possible, and none is wasted where much is."""
FLEET_LIFTS = np.array([[1.8, 2.5, 4.0]])
"""The same for everything together, where little is left to chance."""
STEP_MINUTES = 1
HOUR_STEPS = 60 // STEP_MINUTES
PERIOD_DAYS = 42
"""Over so long the share of false problems is held; then the budget is given out anew."""
RELEASE_SHARE = 0.4
"""Part of the starts' weight that is kept for the hour after a release: most causes are one."""
RELEASE_STEPS = HOUR_STEPS
FADING_STEPS = 10 / STEP_MINUTES
"""What a release breaks is broken as soon as it is out: that weight fades by e in so long."""
BEYOND_SHARE = 0.2
EXPOSED_STEPS = 20 // STEP_MINUTES
"""A session that saw a place is hit there within minutes: exposure now is the last 20 minutes'."""
MEMORY_STEPS = 8 * HOUR_STEPS
"""How long what a stream does moves its own usual: halves in 5.5 hours, since days differ."""
LATELY = 2.0
"""Weight of that, at most, against what is known from before."""
FIRST_SHARE = 0.9
"""Part of the budget for the streams that are there when a period begins; the rest for new ones."""
CARRIED = 0.1
"""Of the evidence at a period's end, what goes on into the next."""
SETTLED = 1.5
_CEILING = 1e100
_GROWTH = 200.0


@dataclass(slots=True)
class Evidence:
    """Of all streams at one moment; changed in place, because it is read every minute.

    `value` has shape (streams, lifts) and its row sums are the e-processes; `onset` of the same
    shape is the step at which each may have begun, and `lifts` how many times the usual each
    stands for, which may be learnt anew between two steps. Where `sized`, the last of them is what
    `SIZE` comes to at each step. `lately` and `expected`, shape (streams,), are hits and usual
    hits, fading.
    """

    value: Floats
    onset: Ints
    lately: Floats
    expected: Floats
    lifts: Floats
    sized: bool = False

    @classmethod
    def empty(cls, lifts: Floats, *, sized: bool = False) -> "Evidence":
        """`lifts` of shape (streams, lifts)."""
        streams, onset = len(lifts), np.zeros(lifts.shape, dtype=np.int64)
        return cls(np.zeros(lifts.shape), onset, np.zeros(streams), np.zeros(streams), lifts, sized)

    @classmethod
    def of_streams(cls, rate: Floats) -> "Evidence":
        """`rate` as in `lifts_of`."""
        return cls.empty(lifts_of(rate), sized=True)

    @property
    def prior(self) -> Floats:
        """Each lift's part of a start's weight, of shape (lifts,); sums up to 1."""
        number = self.lifts.shape[1]
        if not self.sized:
            return np.full(number, 1 / number)
        return np.append(np.full(number - 1, (1 - SIZE_WEIGHT) / (number - 1)), SIZE_WEIGHT)

    def fit_size(self, usual: Floats) -> None:
        """What `SIZE` comes to at a step with so many `usual` hits, known before its hits are: each
        value stays an e-process. Where it is little beside what is usual, nothing that small is
        told from a bad day in a quarter of an hour: no less than the second lift then."""
        if self.sized:
            size = SIZE / HOUR_STEPS / np.maximum(usual, 1e-9)
            self.lifts[:, -1] = np.clip(size, self.lifts[:, 1], self.lifts[:, -2])

    @property
    def total(self) -> Floats:
        return np.asarray(self.value.sum(axis=1))

    def onset_of(self, stream: int) -> int:
        """The step at which what speaks loudest for this stream began."""
        return int(self.onset[stream, self.value[stream].argmax()])

    def lift_of(self, stream: int) -> float:
        """How many times the usual what speaks loudest says it is."""
        return float(self.lifts[stream, self.value[stream].argmax()])

    def clear(self, streams: Ints) -> None:
        """Nothing speaks for these streams any more, and what they did lately is not usual."""
        self.value[streams] = 0.0
        self.lately[streams] = self.expected[streams] = 0.0


def lifts_of(rate: Floats) -> Floats:
    """How many times its usual each stream may be, in even proportions, and last the place of the
    size, which each step says anew; shape (streams, LIFTS + 1).

    `rate` is usual hits per session that saw it, shape (streams,).
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
    """After `steps` more steps. `hits`, `usual` hits and `shape` (how firm that is: 1 over the
    relative variance of a day's rate) have shape (streams,).

    Where nothing is expected nothing is learnt: a source that is silent or blind neither raises
    nor lowers the evidence.
    """
    evidence.fit_size(usual)
    value, lifts = evidence.value, evidence.lifts
    # What it did lately counts twice what is known of it, and no more, since days change;
    # a good day does not make the next one bad.
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
        # Where nobody comes by nothing begins, and what speaks already began when it did.
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
    """The weight of a start now; over a period it sums up to at most 1.

    `part` is this step's part of the period's traffic, as expected before it. `releases` have been
    seen in the period, the latest `since_release` steps ago; so many as were `expected` before it
    began share evenly, and what comes beyond them has a fifth together. A release's weight fades.
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
    """How many a period will bring, from how many the `days` before it brought."""
    return math.ceil(before * PERIOD_DAYS / days) + 1


def share_out(seen: Floats, *, first: int) -> Floats:
    """γ for each stream in order of appearance, shape (streams,); sums up to at most 1.

    The `first` were there when the period began: their part goes by the root of how many sessions
    come by (`seen`), since things break where they are used, if not in proportion. Each doubling
    after that gets half of what is left, so that a stranger who invents elements takes nothing
    from those that are real.
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
    """The streams whose evidence is enough now, strongest first.

    `total` and `share` have shape (streams,), `groups` too: streams of one group may turn out to
    be one problem and count once. `raised` is the number of problems in the period so far.
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
