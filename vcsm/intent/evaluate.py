"""Scores the product's own classifier on labelled texts: accuracy, rejection, calibration, time."""

import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from vcsm.core.progress import Tell
from vcsm.intent.calibrate import expected_calibration_error
from vcsm.intent.classifier import fit
from vcsm.intent.guess import Example, Floats, Guess, Outcome
from vcsm.intent.plain import strip_pleasantries

Row = tuple[str, str]
"""(text, category)"""
NONE = ""
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Trial:
    """How to draw the examples: `shots` per intent, once per seed; None draws all, once."""

    shots: int | None = None
    seeds: int = 1
    oos_label: str = "oos"
    names: bool = False


@dataclass(frozen=True)
class _Judged:
    truth: str
    guess: Guess
    familiarity: float


def evaluate_intents(
    train: Sequence[Row],
    test: Sequence[Row],
    *,
    trial: Trial,
    feature: Callable[[str], Floats],
    familiar: Collection[str] = (),
    tell: Tell | None = None,
) -> dict[str, float | None]:
    """Returns means over the draws, and deviations as `…_std`; None where nothing was measured.

    `feature` embeds one text; `familiar` as for `fit`. A test row without a label, with
    `oos_label`, or with a label that has no examples counts as none of the intents; training rows
    without a label or with `oos_label` are ignored. Raises ValueError where no training row is
    left.
    """
    remembered: dict[str, Floats] = {}

    def embed(text: str) -> Floats:
        if text not in remembered:
            remembered[text] = feature(text)
        return remembered[text]

    train = [row for row in train if row[1] not in (NONE, trial.oos_label)]
    if not train:
        raise ValueError("The training file has no row of an intent.")
    runs = []
    for seed in range(trial.seeds if trial.shots else 1):
        say = partial(tell, f"draw {seed + 1}, texts") if tell else _say_nothing
        runs.append(_run_once(_draw(train, trial, seed), test, embed, familiar, say))
    report: dict[str, float | None] = {}
    for name in runs[0]:
        values = [value for run in runs if (value := run[name]) is not None]
        report[name] = float(np.mean(values)) if values else None
        report[f"{name}_std"] = float(np.std(values)) if values else None
    return report


def _say_nothing(_done: int, _total: int) -> None:
    """Ignores progress: no `tell` was given."""


def _draw(train: Sequence[Row], trial: Trial, seed: int) -> list[tuple[str, str, bool]]:
    by_intent: Mapping[str, list[str]] = defaultdict(list)
    for text, category in train:
        by_intent[category].append(text)
    chance = random.Random(seed)
    drawn: list[tuple[str, str, bool]] = []
    for category in sorted(by_intent):
        texts = by_intent[category]
        if trial.shots and trial.shots < len(texts):
            texts = chance.sample(texts, trial.shots)
        drawn += [(text, category, False) for text in texts]
        if trial.names:
            drawn.append((_spell_out(category), category, True))
    return drawn


def _spell_out(category: str) -> str:
    """Returns `card_arrival`, `cardArrival`, `card.arrival` as words; a wordless name as it is."""
    return " ".join(_WORD.findall(_HUMP.sub(" ", category))) or category


def _run_once(
    drawn: Sequence[tuple[str, str, bool]],
    test: Sequence[Row],
    embed: Callable[[str], Floats],
    familiar: Collection[str],
    say: Callable[[int, int], None],
) -> dict[str, float | None]:
    total, examples = len(drawn) + len(test), []
    for text, intent, name in drawn:
        examples.append(Example(intent, text, embed(strip_pleasantries(text)), name))
        say(len(examples), total)
    started = time.perf_counter()
    model = fit(examples, familiar=familiar)
    fit_seconds = time.perf_counter() - started
    known = set(model.intents)
    judged, spent = [], []
    for written, category in test:
        text = model.plain(written)
        vector = embed(text)
        started = time.perf_counter()
        guess = model.classify(vector, text)
        spent.append((time.perf_counter() - started) * 1000)
        truth = category if category in known else NONE
        judged.append(_Judged(truth, guess, model.familiarity(vector, text)))
        say(len(drawn) + len(judged), total)
    p50, p95 = np.percentile(spent, [50, 95])
    return {
        **_score(judged),
        "fit_seconds": fit_seconds,
        "predict_ms_p50": float(p50),
        "predict_ms_p95": float(p95),
    }


def _score(judged: Sequence[_Judged]) -> dict[str, float | None]:
    inside = [one for one in judged if one.truth != NONE]
    outside = [one for one in judged if one.truth == NONE]
    right = np.array([one.guess.intent == one.truth for one in inside], float)
    taken = np.array([one.guess.outcome is not Outcome.NONE for one in inside], float)
    p_values = np.array([one.guess.p_value for one in inside])
    confidence = np.array([one.guess.probability for one in inside], np.float32)
    auroc, aupr = _rank(
        np.array([one.familiarity for one in outside]),
        np.array([one.familiarity for one in inside]),
    )
    return {
        "accuracy": _mean(right),
        "accuracy_in_scope": _mean(right * taken),
        "oos_recall": _mean(
            np.array([one.guess.outcome is Outcome.NONE for one in outside], float)
        ),
        "auroc": auroc,
        "aupr": aupr,
        "mcc": _matthews(judged),
        "kept_at_90": _mean((p_values > 0.10).astype(float)),
        "kept_at_95": _mean((p_values > 0.05).astype(float)),
        "ece": expected_calibration_error(confidence, right.astype(np.float32)) if inside else None,
    }


def _rank(outside: Floats, inside: Floats) -> tuple[float | None, float | None]:
    """Returns AUROC and average precision of "less familiar means outside".

    None without texts of both kinds.
    """
    if not len(outside) or not len(inside):
        return None, None
    from sklearn.metrics import average_precision_score, roc_auc_score

    truth = np.concatenate([np.ones(len(outside)), np.zeros(len(inside))])
    novelty = -np.concatenate([outside, inside])
    return float(roc_auc_score(truth, novelty)), float(average_precision_score(truth, novelty))


def _matthews(judged: Sequence[_Judged]) -> float:
    from sklearn.metrics import matthews_corrcoef

    said = [NONE if j.guess.outcome is Outcome.NONE else str(j.guess.intent) for j in judged]
    truth = [one.truth for one in judged]
    # Undefined where one side is all the same; 0 says that nothing was told apart.
    return float(matthews_corrcoef(truth, said)) if len({*truth}) > 1 and len({*said}) > 1 else 0.0


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None
