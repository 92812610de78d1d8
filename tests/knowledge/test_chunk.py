"""Cutting articles into passages: pure, so without a database."""

from hypothesis import given, settings
from hypothesis import strategies as st

from vcsm.knowledge.chunk import LONGEST, split_article, split_sentences
from vcsm.knowledge.rank import Candidate, answer_threshold, rank


def test_it_works():
    body = "# T\n\nIntro.\n\n## A\n\nFirst *bold*.\n\n- one\n- two\n\n### B\n\n`code` here"
    pieces = split_article(title="T", body=body)
    assert [(piece.heading, piece.text) for piece in pieces] == [
        ("", "Intro."),
        ("A", "First bold.\n- one\n- two"),
        ("A › B", "code here"),
    ]


@settings(deadline=None)
@given(st.text(max_size=3_000), st.text(max_size=30))
def test_any_text_is_cut(body, title):
    pieces = split_article(title=title, body=body)
    assert all(piece.text.strip() or piece.text for piece in pieces)
    assert all(len(piece.text) <= 2 * LONGEST for piece in pieces)


def test_nothing_gives_nothing():
    assert split_article(title="T", body="") == []
    assert split_article(title="T", body="# T") == []


def test_a_pasted_log_without_sentences_is_cut():
    pieces = split_article(title="T", body="x" * 100_000)
    assert sum(len(piece.text) for piece in pieces) == 100_000


def test_sentences_for_highlighting():
    assert split_sentences("One. Two!\n- Three") == ["One.", "Two!", "Three"]


def test_words_break_ties_between_equal_vectors():
    first, second = rank(
        "error EX-409",
        [Candidate("Export fails with EX-409", 0.5), Candidate("Export fails", 0.5)],
    )
    assert first > second


def test_the_threshold_follows_the_workspace_as_it_grows():
    assert answer_threshold([]) == answer_threshold([0.9] * 0)
    assert answer_threshold([0.7] * 5) < answer_threshold([0.7] * 500) < 0.71
