"""The product's own detection of problems in worlds of planted causes, beside three other rules.

The product's false discoveries are counted in problems, as somebody would be called for each; the
rules' are counted in alarms. Each rule is tuned over all runs to the false-discovery proportion
that the product had.
"""

import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from vcsm.benchmark.amounts import at_least, share
from vcsm.benchmark.problem_play import Play, run_lengths
from vcsm.benchmark.problem_rivals import ABOUT, RIVALS, Hours, call
from vcsm.benchmark.problem_score import Score, alarms_of, score_alarms
from vcsm.benchmark.problem_worlds import STEPS_A_DAY, make_world

Q = 0.1
LEARNING_WEEKS = 2
LEAST_STREAMS = 20
GRID = {
    "z35": np.append(3.5, np.geomspace(6, 26, 24)),
    "bh_daily": np.geomspace(2, 680, 24),
    "drop40": np.geomspace(0.4, 400, 24),
}
"""Thresholds that each rule is tried with; the customary one lies among them."""


@dataclass(frozen=True, slots=True)
class Run:
    score: Score
    rivals: dict[str, list[Score]]
    run_length: tuple[float, int]


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--streams", type=at_least(LEAST_STREAMS), default=1000)
    parser.add_argument("--weeks", type=at_least(LEARNING_WEEKS + 1), default=8)
    parser.add_argument("--seed", type=at_least(0), default=1)
    parser.add_argument(
        "--runs", type=at_least(1), default=10, help="worlds, some 10 s of a core each"
    )
    parser.add_argument("--q", type=share, default=Q, help="false problems, at most")


def run(*, streams: int, weeks: int, seed: int, runs: int, q: float) -> dict[str, object]:
    """Returns shares between 0 and 1; delays are medians over found causes."""
    began = time.perf_counter()
    one_run = partial(_run_once, streams=streams, weeks=weeks, q=q, seed=seed)
    results = list(_play_all(one_run, runs))
    scores = [one.score for one in results]
    figures = _figures(scores)
    target = max(float(np.mean([one.fdp for one in scores])), 1e-9)
    steps = sum(one.run_length[0] for one in results)
    crossings = sum(one.run_length[1] for one in results)
    return {
        "q": q,
        **figures,
        "run_length_over_bound": round(steps / max(crossings, 1), 3),
        "seconds": round(time.perf_counter() - began, 1),
        "rivals": {name: _tune(name, results, target) for name in RIVALS},
        **_asked(scores),
        "runs": runs,
        "planted": sum(one.planted for one in scores),
        "streams": streams,
        "weeks": weeks,
        "learning_weeks": LEARNING_WEEKS,
        "seed": seed,
    }


def _play_all(one_run: Callable[[int], Run], runs: int) -> Iterator[Run]:
    """Yields the runs in order, played on all cores; reports progress on stderr."""
    began = time.perf_counter()
    workers = min(runs, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        playing = [pool.submit(one_run, number) for number in range(runs)]
        for done, _ in enumerate(as_completed(playing), 1):
            passed = time.perf_counter() - began
            left = passed / done * (runs - done)
            sys.stderr.write(f"{done} of {runs} worlds, {left:.0f} s left\n")
            sys.stderr.flush()
        for one in playing:
            yield one.result()


def _run_once(number: int, *, streams: int, weeks: int, q: float, seed: int) -> Run:
    draw = np.random.default_rng([seed, number])
    world = make_world(draw, streams=streams, weeks=weeks, learning=LEARNING_WEEKS)
    start = LEARNING_WEEKS * 7 * STEPS_A_DAY
    play = Play(world, q, start)
    score = score_alarms(world, alarms_of(play.run()))
    hours = Hours(world, start)
    rivals = {}
    for name, rule in RIVALS.items():
        level, width = rule(hours)
        rivals[name] = [
            score_alarms(world, call(level, width, float(threshold), hours, about=ABOUT[name]))
            for threshold in GRID[name]
        ]
    return Run(score, rivals, run_lengths(play))


def _figures(scores: list[Score]) -> dict[str, float | None]:
    proportions = np.array([one.fdp for one in scores])
    error = proportions.std(ddof=1) / np.sqrt(len(scores)) if len(scores) > 1 else 0.0
    found, planted = sum(one.found for one in scores), sum(one.planted for one in scores)
    return {
        "fdp_mean": round(float(proportions.mean()), 4),
        "fdp_upper95": round(float(proportions.mean() + 1.645 * error), 4),
        "power": round(found / max(planted, 1), 4),
        "delay_minutes_p50": _median([value for one in scores for value in one.minutes]),
        "delay_exposures_p50": _median([value for one in scores for value in one.exposures]),
        "incidents_right": round(sum(one.right for one in scores) / max(found, 1), 4),
    }


def _asked(scores: list[Score]) -> dict[str, object]:
    """Returns figures on causes of 20 sessions an hour; those never found count as infinite."""
    minutes: NDArray[np.float64] = np.array(
        [one for score in scores for one in score.asked_minutes]
    )
    if not len(minutes):
        return {"at_20_an_hour": {"planted": 0}}
    return {
        "at_20_an_hour": {
            "planted": len(minutes),
            "found": round(float(np.isfinite(minutes).mean()), 4),
            "delay_minutes_p50": _median(minutes.tolist()),
            "within_15_minutes": round(float((minutes <= 15).mean()), 4),
            "knowable_within_15_minutes": round(
                sum(one.asked_knowable for one in scores) / len(minutes), 4
            ),
        }
    }


def _tune(name: str, results: list[Run], target: float) -> dict[str, object]:
    """Returns the rule's figures at the threshold with the most power whose false discoveries do
    not exceed `target`; where there is none, at the strictest."""
    tried = [[one.rivals[name][index] for one in results] for index in range(len(GRID[name]))]
    figures = [_figures(scores) for scores in tried]
    allowed = [
        index for index, one in enumerate(figures) if (one["fdp_mean"] or 0) <= target + 1e-9
    ]
    best = max(allowed or [len(figures) - 1], key=lambda index: figures[index]["power"] or 0)
    return {"threshold": round(float(GRID[name][best]), 3), **figures[best]}


def _median(values: list[float]) -> float | None:
    middle = float(np.median(values)) if values else float("inf")
    return round(middle, 1) if np.isfinite(middle) else None
