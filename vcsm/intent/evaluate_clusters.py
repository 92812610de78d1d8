"""Scores `discover` against texts whose groups are known."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from vcsm.intent.discover import REAL_FROM, USUAL_DISTANCE, adjusted_rand, discover, learn_distance
from vcsm.intent.guess import Floats

Row = tuple[str, str]
MOSTLY = 0.5
"""Share of one category above which a group stands for it."""


def evaluate_clusters(
    texts: Sequence[Row], known: Sequence[Row], *, features: Callable[[Sequence[str]], Floats]
) -> dict[str, float | None]:
    """NMI and ARI over all texts, and the share of groups of eight or more that are one wish.

    `known` are the workspace's own intents, from which the distance is learned; without them the
    usual one holds. `seconds` is grouping alone, without embedding. The share is None where no
    group is that large.
    """
    from sklearn.metrics import normalized_mutual_info_score

    vectors = features([text for text, _ in texts])
    taught = features([text for text, _ in known]) if known else None
    started = time.perf_counter()
    distance = USUAL_DISTANCE
    if taught is not None:
        _, numbers = np.unique([category for _, category in known], return_inverse=True)
        distance = learn_distance(taught, numbers)
    groups = discover([text for text, _ in texts], vectors, distance=distance)
    seconds = time.perf_counter() - started
    placed = np.full(len(texts), -1)
    for number, group in enumerate(groups):
        placed[list(group.members)] = number
    truth = np.array([category for _, category in texts])
    grouped = placed >= 0
    _, numbers = np.unique(truth[grouped], return_inverse=True)
    large = [group for group in groups if len(group.members) >= REAL_FROM]
    real = [_is_real([texts[i][1] for i in group.members]) for group in large]
    return {
        "nmi": float(normalized_mutual_info_score(numbers, placed[grouped])),
        "ari": adjusted_rand(numbers, placed[grouped]),
        "clusters": float(len(groups)),
        "clusters_of_8_plus": float(len(large)),
        "precision_of_8_plus": float(np.mean(real)) if real else None,
        "distance": distance,
        "seconds": seconds,
    }


def _is_real(categories: Sequence[str]) -> bool:
    return Counter(categories).most_common(1)[0][1] > MOSTLY * len(categories)
