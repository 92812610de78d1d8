"""Groups texts that no intent covers: what people ask for that does not exist. Pure.

Average-link agglomerative clustering on cosine distance; the number of clusters is not given. The
distance at which two texts are still the same wish is learned from the workspace's own intents,
which people grouped; it is shorter where two groups meet.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vcsm.intent.closeness import unit
from vcsm.intent.guess import Floats, Labels

USUAL_DISTANCE = 0.55
"""Distance for all-MiniLM-L6-v2's layered feature when there are too few intents to learn from."""
USUAL_WEIGHT = 10.0
"""Weight of the usual distance, as a number of intents."""
TIGHTER = 0.95
"""Factor on the learned distance: a group that mixes two wishes misleads, while a wish in two
groups only reads twice."""
OF_TWO_GROUPS = 0.8
"""Share of the distance up to which two groups are one wish. A single text may join from farther
away, for it changes little, while two groups that stand apart are more often two wishes."""
A_GROUP_FROM = 3
"""Texts from which a branch counts as a group."""
DISTANCES = np.arange(0.40, 0.81, 0.02)
AT_MOST = 5_000
"""Texts compared with each other: the distances of more would not fit in a worker's memory. The
others join the group they are nearest to."""
REAL_FROM = 8
"""Number of texts from which a group is shown as a finding."""

_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Group:
    """Some rejected texts that want the same thing."""

    members: tuple[int, ...]
    """Positions of the texts, nearest to the middle first."""
    title: str
    """The text in the middle, in people's own words, which read better than made-up labels."""
    phrases: tuple[str, ...]
    """Up to three word pairs or words that tell it from the other groups."""
    centre: Floats
    """(width,) of length 1; groups of two nights are the same when their centres are close."""


def discover(
    texts: Sequence[str], features: Floats, *, distance: float = USUAL_DISTANCE
) -> list[Group]:
    """Groups the texts, largest first; texts that are alone are groups of one.

    `features` (n, width) are of length 1. Beyond AT_MOST texts the earlier ones only join groups,
    or stay alone.
    """
    if not len(texts):
        return []
    start = max(0, len(texts) - AT_MOST)
    labels = _cluster(features[start:], distance)
    if start:
        labels = np.concatenate(
            [_join(features[:start], features[start:], labels, distance), labels]
        )
    members = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    phrases = _telling_phrases([[texts[int(i)] for i in rows] for rows in members])
    groups = [_group(rows, texts, features, phrases[number]) for number, rows in enumerate(members)]
    return sorted(groups, key=lambda group: (-len(group.members), group.members))


def learn_distance(features: Floats, labels: Labels) -> float:
    """Returns the distance at which clustering best reproduces people's own intents.

    It is the one with the best adjusted Rand index, drawn to USUAL_DISTANCE while there are few
    intents. `features` (n, width), `labels` (n,).
    """
    intents = len(np.unique(labels))
    if intents < 2:
        return USUAL_DISTANCE
    rows = np.linspace(0, len(labels) - 1, min(len(labels), 2_000)).astype(int)
    some, own = features[rows], labels[rows]
    tree = _link(some)
    scores = [adjusted_rand(own, _cut(tree, len(rows), at)) for at in DISTANCES]
    best = TIGHTER * float(DISTANCES[int(np.argmax(scores))])
    return (intents * best + USUAL_WEIGHT * USUAL_DISTANCE) / (intents + USUAL_WEIGHT)


def adjusted_rand(first: Labels, second: Labels) -> float:
    """Returns the agreement of two groupings: 0 by chance, 1 when equal (Hubert & Arabie 1985)."""
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(first, second))


def match_groups(earlier: Floats, later: Floats, *, at_least: float = 0.85) -> dict[int, int]:
    """Matches later groups to earlier ones by cosine of centres: best pairs first, one to one.

    Both are rows of length 1: (n, width) and (m, width). Keys are later groups; new ones are left
    out.
    """
    if not len(earlier) or not len(later):
        return {}
    likeness = later @ earlier.T
    same: dict[int, int] = {}
    for flat in np.argsort(-likeness, axis=None, kind="stable"):
        new, old = divmod(int(flat), len(earlier))
        if likeness[new, old] < at_least:
            break
        if new not in same and old not in same.values():
            same[new] = old
    return same


def _cluster(features: Floats, distance: float) -> Labels:
    if len(features) == 1:
        return np.zeros(1, np.intp)
    return _cut_where_groups_meet(_link(features), len(features), distance)


def _join(others: Floats, features: Floats, labels: Labels, distance: float) -> Labels:
    """Returns (others,) the group that each is nearest to on average, or a new one of its own."""
    sums = np.zeros((labels.max() + 1, features.shape[1]), np.float32)
    np.add.at(sums, labels, features)
    means = sums / np.bincount(labels)[:, None]
    joined = np.empty(len(others), np.intp)
    alone = len(means)
    for row, text in enumerate(others):
        likeness = means @ text
        joined[row] = int(likeness.argmax())
        if 1 - likeness.max() > distance:
            joined[row], alone = alone, alone + 1
    return joined


def _cut_where_groups_meet(tree: Floats, texts: int, distance: float) -> Labels:
    """Returns (texts,) groups: the largest branches in which no two groups meet too far apart.

    `tree` is scipy's linkage: row k joins two branches, at a height, into branch number texts + k.
    """
    size = np.ones(2 * texts - 1, np.intp)
    whole = np.ones(2 * texts - 1, bool)
    for row, (first, second, height, count) in enumerate(tree, start=texts):
        left, right = int(first), int(second)
        size[row] = int(count)
        groups_meet = min(size[left], size[right]) >= A_GROUP_FROM
        limit = distance * (OF_TWO_GROUPS if groups_meet else 1)
        whole[row] = whole[left] and whole[right] and height <= limit
    labels = np.full(2 * texts - 1, -1, np.intp)
    number = 0
    # From the root down: a whole branch is a group, and all below it belongs to it.
    for row in range(2 * texts - 2, -1, -1):
        if labels[row] < 0 and whole[row]:
            labels[row], number = number, number + 1
        if row >= texts and labels[row] >= 0:
            labels[tree[row - texts, :2].astype(int)] = labels[row]
    return labels[:texts]


def _link(features: Floats) -> Floats:
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    apart = np.clip(1 - features @ features.T, 0, 2)
    np.fill_diagonal(apart, 0)
    tree: Floats = linkage(squareform(apart, checks=False), method="average")
    return tree


def _cut(tree: Floats, texts: int, distance: float) -> Labels:
    from scipy.cluster.hierarchy import fcluster

    labels: Labels = fcluster(tree, t=distance, criterion="distance").astype(np.intp) - 1
    assert len(labels) == texts
    return labels


def _group(rows: Labels, texts: Sequence[str], features: Floats, phrases: tuple[str, ...]) -> Group:
    centre = unit(features[rows].sum(axis=0))
    order = rows[np.argsort(-(features[rows] @ centre), kind="stable")]
    return Group(tuple(int(i) for i in order), texts[int(order[0])], phrases, centre)


def _telling_phrases(groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Returns the phrases most typical of each group beside the others (class-based tf-idf)."""
    counts = [Counter(p for text in group for p in set(_phrases(text))) for group in groups]
    everywhere = Counter(phrase for count in counts for phrase in count.elements())
    found = []
    for group, count in zip(groups, counts, strict=True):
        often = [p for p, n in count.items() if n >= max(2, len(group) * 0.2)]
        weight = {p: count[p] * np.log(1 + len(groups) * count[p] / everywhere[p]) for p in often}
        best = sorted(often, key=lambda p: (-weight[p] * (1 + 0.5 * p.count(" ")), p))
        chosen: list[str] = []
        for phrase in best:
            if not any(set(phrase.split()) & set(other.split()) for other in chosen):
                chosen.append(phrase)
        found.append(tuple(chosen[:3]))
    return found


def _phrases(text: str) -> list[str]:
    words = [word for word in _WORD.findall(text[:1_000].lower()) if word not in _IDLE]
    return words + [f"{first} {second}" for first, second in zip(words, words[1:], strict=False)]


_IDLE = frozenset(
    """
    the and for you your are was what how can could would does did have has had not with this that
    from why where when which who will there their they them then than but our out get got want
    need please just its any some been being into about may might should shall very
    """.split()  # noqa: SIM905
)
