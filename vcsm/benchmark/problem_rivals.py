"""What others do about the same streams: three rules, each with one threshold to be tuned.

All of them look at whole hours or days of one stream at a time, know its true exposure and learn
from the same weeks; none groups what it finds.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import nbinom

from vcsm.benchmark.problem_score import Alarm
from vcsm.benchmark.problem_worlds import STEPS_AN_HOUR, World

Floats = NDArray[np.float64]
Rule = Callable[["Hours"], tuple[Floats, int]]

LEAST_HITS = 3
QUIET_HOURS = 24
"""Hours for which a stream that has raised an alarm raises no other."""


class Hours:
    """A world by the hour: hits and sessions that saw it, of shape (hours, streams)."""

    def __init__(self, world: World, learning_steps: int) -> None:
        shape = (world.steps // STEPS_AN_HOUR, len(world.streams.page))
        self.hits = np.zeros(shape)
        np.add.at(self.hits, (world.hit_step // STEPS_AN_HOUR, world.hit_stream), 1)
        by_page = world.seen.reshape(shape[0], STEPS_AN_HOUR, -1).sum(axis=1)
        self.seen = by_page[:, world.streams.page].astype(np.float64)
        self.learning = learning_steps // STEPS_AN_HOUR
        total = self.hits[: self.learning].sum(axis=0)
        self.rate = (total + 0.5) / (self.seen[: self.learning].sum(axis=0) + 50)

    def spread(self, width: int) -> Floats:
        """Returns the standard deviation of the residual of `width` hours, shape (streams,)."""
        cut = self.learning // width * width
        left = (self.hits - self.seen * self.rate)[:cut].reshape(-1, width, self.hits.shape[1])
        return np.asarray(left.sum(axis=1).std(axis=0))


def z35(hours: Hours) -> tuple[Floats, int]:
    """Scores by how many standard deviations an hour lies above its usual; customary z ≥ 3.5."""
    usual = hours.seen * hours.rate
    spread = np.sqrt(np.maximum(usual, hours.spread(1) ** 2))
    score = (hours.hits - usual) / np.maximum(spread, 0.2)
    return np.where(hours.hits >= LEAST_HITS, score, -np.inf), 1


def bh_daily(hours: Hours) -> tuple[Floats, int]:
    """Scores by -log of the Benjamini-Hochberg adjusted p-values of each day."""
    days = len(hours.hits) // 24
    hits = hours.hits.reshape(days, 24, -1).sum(axis=1)
    usual = hours.seen.reshape(days, 24, -1).sum(axis=1) * hours.rate
    mean = np.maximum(usual[: hours.learning // 24].mean(axis=0), 1e-6)
    over = np.maximum((hours.spread(24) ** 2 - mean) / mean**2, 0.02)
    p = nbinom.sf(hits - 1, 1 / over, 1 / (1 + over * np.maximum(usual, 1e-9)))
    rank = p.argsort(axis=1).argsort(axis=1) + 1
    level = p * p.shape[1] / rank
    order = p.argsort(axis=1)
    ordered = np.take_along_axis(level, order, axis=1)
    stepped = np.minimum.accumulate(ordered[:, ::-1], axis=1)[:, ::-1]
    adjusted = np.empty_like(level)
    np.put_along_axis(adjusted, order, stepped, axis=1)
    return -np.log(np.maximum(adjusted, 1e-300)), 24


def drop40(hours: Hours) -> tuple[Floats, int]:
    """Scores by how much worse than its own usual a stream's last day is, while the fleet is less
    than a fifth worse; customary 40 % worse."""
    hits, seen = _trailing(hours.hits, 24), _trailing(hours.seen, 24)
    usual = seen * hours.rate
    fleet = hits.sum(axis=1) / np.maximum(usual.sum(axis=1), 1)
    worse = hits / np.maximum(usual, 0.5) - 1
    holds = (fleet < 1.2)[:, None]
    return np.where((hits >= 2 * LEAST_HITS) & holds, worse, -np.inf), 1


ABOUT = {"z35": 1, "bh_daily": 24, "drop40": 24}
RIVALS: dict[str, Rule] = {"z35": z35, "bh_daily": bh_daily, "drop40": drop40}


def call(score: Floats, width: int, threshold: float, hours: Hours, *, about: int) -> list[Alarm]:
    """Returns a rule's alarms about the last `about` hours: at the end of each hour or day that is
    at or above the threshold, after the learning, and at most once a day for each stream."""
    alarms: list[Alarm] = []
    quiet: dict[int, int] = {}
    rows, streams = np.nonzero(score >= threshold)
    for row, stream in zip(rows.tolist(), streams.tolist(), strict=True):
        hour = (row + 1) * width
        if hour <= hours.learning or quiet.get(stream, -1) >= hour:
            continue
        quiet[stream] = hour + max(QUIET_HOURS, width)
        since = (hour - max(about, width)) * STEPS_AN_HOUR
        alarms.append(Alarm(hour * STEPS_AN_HOUR - 1, (stream,), scope="product", since=since))
    return alarms


def _trailing(values: Floats, width: int) -> Floats:
    summed = np.vstack([np.zeros((1, values.shape[1])), values.cumsum(axis=0)])
    rows = np.arange(1, len(values) + 1)
    return np.asarray(summed[rows] - summed[np.maximum(rows - width, 0)])
