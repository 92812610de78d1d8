"""Scores `discover` against texts whose groups are known."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from vcsm.core.progress import Tell
from vcsm.intent.discover import REAL_FROM, USUAL_DISTANCE, adjusted_rand, discover, learn_distance
from vcsm.intent.guess import Floats, Labels

Row = tuple[str, str]
MOSTLY = 0.5
"""Share of one category above which a group counts as one wish."""
READ_AT_ONCE = 500


def evaluate_clusters(
    texts: Sequence[Row],
    known: Sequence[Row],
    *,
    features: Callable[[Sequence[str]], Floats],
    tell: Tell | None = None,
) -> dict[str, float | None]:
    """Returns NMI and ARI over all texts, and how many groups of eight or more are one wish.

    The distance is learned from `known`, the workspace's own intents; without them it is the usual
    one. A text without a category is a wish of its own. `seconds` is the time of grouping alone,
    without embedding. `precision_of_8_plus`, a share, is None where no group is that large. Raises
    ValueError where no text has a category.
    """
    from sklearn.metrics import normalized_mutual_info_score

    truth = _number_wishes(texts)
    vectors = _read(texts, features, "texts", tell)
    taught = _read(known, features, "known texts", tell) if known else None
    started = time.perf_counter()
    distance = USUAL_DISTANCE
    if taught is not None:
        distance = learn_distance(taught, _number_wishes(known))
    groups = discover([text for text, _ in texts], vectors, distance=distance)
    seconds = time.perf_counter() - started
    placed = np.empty(len(texts), np.intp)
    for number, group in enumerate(groups):
        placed[list(group.members)] = number
    large = [group for group in groups if len(group.members) >= REAL_FROM]
    real = [_is_real(truth[list(group.members)]) for group in large]
    return {
        "nmi": float(normalized_mutual_info_score(truth, placed)),
        "ari": adjusted_rand(truth, placed),
        "clusters": float(len(groups)),
        "clusters_of_8_plus": float(len(large)),
        "precision_of_8_plus": float(np.mean(real)) if real else None,
        "distance": distance,
        "seconds": seconds,
    }


def _number_wishes(rows: Sequence[Row]) -> Labels:
    """Returns (rows,) numbers, equal for equal categories."""
    if not any(category for _, category in rows):
        raise ValueError("No text has a category: there is nothing to compare the groups with.")
    numbers: dict[str | int, int] = {}
    named = (category or place for place, (_, category) in enumerate(rows))
    return np.array([numbers.setdefault(name, len(numbers)) for name in named], np.intp)


def _read(
    rows: Sequence[Row],
    features: Callable[[Sequence[str]], Floats],
    what: str,
    tell: Tell | None,
) -> Floats:
    parts = []
    for start in range(0, len(rows), READ_AT_ONCE):
        if tell:
            tell(what, start, len(rows))
        parts.append(features([text for text, _ in rows[start : start + READ_AT_ONCE]]))
    return np.concatenate(parts)


def _is_real(wishes: Labels) -> bool:
    return bool(np.bincount(wishes).max() > MOSTLY * len(wishes))
