"""Groups of unmet texts on a planted stream, and their identity from night to night."""

import random

import numpy as np

from vcsm.core import embeddings
from vcsm.intent.discover import discover, learn_distance, match_groups
from vcsm.intent.evaluate_clusters import evaluate_clusters

OBJECTS = {
    "dark mode": ["dark mode", "a dark theme", "night mode", "a black background"],
    "gantt chart": ["a Gantt chart", "Gantt charts", "a project timeline chart", "a Gantt view"],
    "export to Word": ["export to Word", "a Word file", "docx export", "a Word document export"],
}
ASKS = ["can I have {}", "please add {}", "where do I find {}", "I am looking for {}"]
NOISE = ["my dog ate the homework", "lorem ipsum", "what a lovely sunset", "7 is a prime number"]


def _planted():
    rows = [
        (ask.format(thing), name)
        for name, things in OBJECTS.items()
        for thing in things
        for ask in ASKS
    ]
    rows += [(text, f"noise {number}") for number, text in enumerate(NOISE)]
    random.Random(1).shuffle(rows)
    return rows


def _features(texts):
    return embeddings.read_many(list(texts))[1]


def test_it_works():
    rows = _planted()
    texts = [text for text, _ in rows]
    groups = discover(texts, _features(texts))
    large = [group for group in groups if len(group.members) >= 8]
    assert {rows[group.members[0]][1] for group in large} == set(OBJECTS)
    for group in large:
        assert len({rows[i][1] for i in group.members}) == 1
        assert group.title == texts[group.members[0]]
        assert group.phrases


def test_large_groups_are_real_and_noise_stays_alone():
    report = evaluate_clusters(_planted(), [], features=_features)
    assert report["precision_of_8_plus"] == 1.0
    assert report["ari"] > 0.6
    assert report["seconds"] > 0


def test_the_distance_is_learned_from_groups_people_made():
    rows = _planted()
    vectors = _features([text for text, _ in rows])
    _, labels = np.unique([name for _, name in rows], return_inverse=True)
    assert 0.3 < learn_distance(vectors, labels) < 0.8
    assert learn_distance(vectors[:1], labels[:1]) == learn_distance(vectors[:2], labels[:1] * 0)


def test_two_groups_stay_two_where_a_single_text_may_join():
    """All at angles: a tight trio, another at 0.44 of it, and one text at the same distance."""

    def at(*angles):
        return np.array([[np.cos(a), np.sin(a)] for a in angles], np.float32)

    trio, other = [0.0, 0.01, 0.02], [0.98, 0.99, 1.0]
    apart = discover(list("abcdef"), at(*trio, *other), distance=0.5)
    assert sorted(group.members for group in apart) != [(0, 1, 2, 3, 4, 5)]
    assert {frozenset(group.members) for group in apart} == {
        frozenset({0, 1, 2}),
        frozenset({3, 4, 5}),
    }
    joined = discover(list("abcd"), at(*trio, 0.99), distance=0.5)
    assert [frozenset(group.members) for group in joined] == [frozenset({0, 1, 2, 3})]


def test_more_texts_than_are_compared_join_the_groups(monkeypatch):
    rows = _planted()
    texts = [text for text, _ in rows]
    vectors = _features(texts)
    monkeypatch.setattr("vcsm.intent.discover.AT_MOST", 40)
    groups = discover(texts, vectors)
    assert sorted(i for group in groups for i in group.members) == list(range(len(texts)))
    large = [group for group in groups if len(group.members) >= 8]
    assert {rows[group.members[0]][1] for group in large} == set(OBJECTS)
    assert all(len({rows[i][1] for i in group.members}) == 1 for group in large)


def test_nothing_and_one_text():
    assert discover([], np.zeros((0, 4), np.float32)) == []
    one = discover(["x"], np.ones((1, 4), np.float32) / 2)
    assert [group.members for group in one] == [(0,)]


def test_a_group_keeps_its_identity_when_texts_join():
    rows = _planted()
    texts = [text for text, _ in rows]
    vectors = _features(texts)
    monday = [g for g in discover(texts[:40], vectors[:40]) if len(g.members) >= 5]
    tuesday = [g for g in discover(texts, vectors) if len(g.members) >= 5]
    same = match_groups(np.stack([g.centre for g in monday]), np.stack([g.centre for g in tuesday]))
    # A wish may stand in two groups while it is small; the larger keeps the name.
    assert len(same) == len(OBJECTS) <= len(monday)
    for new, old in same.items():
        name = rows[tuesday[new].members[0]][1]
        assert rows[monday[old].members[0]][1] == name


def test_no_groups_match_nothing():
    assert match_groups(np.zeros((0, 4), np.float32), np.zeros((0, 4), np.float32)) == {}
