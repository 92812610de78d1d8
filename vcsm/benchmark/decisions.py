"""The product's own deciding in worlds of planted truth: certificate, budget, recall, lead time.

Nothing is decided here: `certificate`, `drift`, `probability`, `budget`, `silence` and `decide` of
`vcsm.escalation` decide, and are compared with what was planted.
"""

from argparse import ArgumentParser
from itertools import chain

import numpy as np

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.decision_days import Day, learn_history, play_day
from vcsm.benchmark.decision_leads import lead_gains
from vcsm.benchmark.decision_proofs import (
    CHANGES,
    MAX_FALSE_SHARE,
    Proof,
    drift_seen,
    prove,
    recall_covered,
)
from vcsm.benchmark.decision_worlds import make_world
from vcsm.benchmark.percentiles import percentile

DELTAS = (0.05, 0.1, 0.2)


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--worlds", type=at_least(1), default=1000)
    parser.add_argument("--seed", type=at_least(0), default=1)


def run(*, worlds: int, seed: int) -> dict[str, object]:
    """Returns shares between 0 and 1; values are ratios of sums over all worlds."""
    days: list[Day] = []
    proofs: list[list[Proof]] = []
    gains: list[float] = []
    covered = 0
    drifts: list[dict[str, bool]] = []
    for number in range(worlds):
        draw = np.random.default_rng([seed, number])
        proofs.append(prove(draw, deltas=DELTAS))
        covered += recall_covered(draw)
        drifts.append(drift_seen(np.random.default_rng([seed, number, 1])))
        world = make_world(draw)
        learned = learn_history(world, draw)
        days.append(play_day(world, learned, draw))
        gains.extend(lead_gains(world, learned.model, draw))
    product = sum(day.product for day in days)
    seconds = list(chain.from_iterable(day.seconds for day in days))
    return {
        "certificate": [
            _held(delta, [proof[index] for proof in proofs]) for index, delta in enumerate(DELTAS)
        ],
        "value_of_optimum": _ratio(product, sum(day.optimum for day in days)),
        "value_over_daily_cap": _ratio(product, sum(day.daily_cap for day in days)),
        "value_over_points": _ratio(product, sum(day.points for day in days)),
        "recall_interval_coverage": round(covered / worlds, 4),
        "drift_called": {
            name: round(sum(one[name] for one in drifts) / worlds, 4) for name in CHANGES
        },
        "lead_time_gain_minutes": round(float(np.mean(gains)), 3) if gains else None,
        "decision_ms_p95": round(1000 * percentile(seconds, 0.95), 4),
        "worlds": worlds,
        "seed": seed,
    }


def _held(delta: float, proofs: list[Proof]) -> dict[str, float | None]:
    """Returns shares over all worlds; `kept_of_oracle` only over those where an oracle sends."""
    kept = [proof.kept for proof in proofs if proof.kept is not None]
    return {
        "max_false_share": MAX_FALSE_SHARE,
        "delta": delta,
        "worlds": len(proofs),
        "certified": round(sum(proof.certified for proof in proofs) / len(proofs), 4),
        "broken": round(sum(proof.broken for proof in proofs) / len(proofs), 4),
        "kept_of_oracle": round(sum(kept) / len(kept), 4) if kept else None,
    }


def _ratio(value: float, other: float) -> float | None:
    return round(value / other, 4) if other > 0 else None
