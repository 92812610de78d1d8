"""When an answer is given: passages know their place, leads count, hidden articles set the bar."""

import numpy as np
import pytest

from vcsm.core import embeddings
from vcsm.knowledge.blend import blend_passage
from vcsm.knowledge.chunk import Piece, split_front_matter
from vcsm.knowledge.evaluate import evaluate_answers
from vcsm.knowledge.library import read_articles
from vcsm.knowledge.rank import sureness
from vcsm.knowledge.shelf import find_articles
from vcsm.knowledge.threshold import hidden_article_scores

ARTICLES = {
    "export.md": "# Export a report\n\nOpen it and choose Export. PDF and Excel are offered.",
    "invite.md": "# Invite a colleague\n\nOpen Team. They get a link that is valid for a day.",
    "password.md": "# Reset your password\n\nChoose it on the log-in page.",
    "plan.md": "---\ntitle: 'Change your plan'\ntags: [x]\n---\nOpen Billing and pick another.",
    "notes/0042_delete-account.txt": "Open Settings, then Danger zone. Data is gone in 30 days.",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in ARTICLES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_it_works(folder):
    report = evaluate_answers(
        folder,
        [
            ("how can I get my report as a PDF file", "export"),
            ("how do I invite a colleague to my team", "invite.md"),
            ("change my plan", "plan"),
            ("how to delete my account", "notes/0042_delete-account"),
            ("what is the weather in Oslo", ""),
            ("do you sell life insurance", ""),
        ],
    )
    assert report["recall_at_1"] == 1.0
    assert report["answered"] >= 0.5
    assert report["wrong_among_answered"] == 0.0


def test_titles_come_from_headings_front_matter_and_names(folder):
    library = read_articles(find_articles(folder))
    titles = dict(zip(library.articles, library.questions, strict=True))
    assert titles["export.md"].strip() == "Export a report"
    assert titles["plan.md"].strip() == "Change your plan"
    assert titles["notes/0042_delete-account.txt"].strip() == "delete account"


def test_names_that_differ_by_a_number_are_no_titles(tmp_path):
    for number, text in enumerate(["Open Team and press Invite.", "Open Billing, then Plan."]):
        (tmp_path / f"faq_{number:03}.md").write_text(text)
    library = read_articles(find_articles(tmp_path))
    assert library.words == ["Open Team and press Invite.", "Open Billing, then Plan."]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("no matter", ("", "no matter")),
        ("---\ntitle: A b\n---\ntext", ("A b", "text")),
        ('---\r\ntitle: "A"\r\n---\r\ntext', ("A", "text")),
        ("---\nx: 1\n---\ntext", ("", "text")),
        ("---\nnever closed", ("", "---\nnever closed")),
        ("a\n---\nb: 1\n---\n", ("", "a\n---\nb: 1\n---\n")),
    ],
)
def test_front_matter(raw, expected):
    assert split_front_matter(raw) == expected


def test_a_passage_lies_nearer_to_its_heading_than_its_text_alone():
    piece = Piece("The export fails", "Reports over 10,000 rows stop with a code. Filter first.")
    whole = blend_passage(title="Reports", piece=piece, read=embeddings.encode)
    alone = embeddings.encode(piece.text)
    question = embeddings.encode("why does my export fail")
    assert whole @ question > alone @ question
    assert np.linalg.norm(whole) == pytest.approx(1, abs=1e-5)


def test_what_cannot_be_read_has_no_vector():
    assert blend_passage(title="T", piece=Piece("", "x"), read=lambda _: None) is None


def test_a_close_second_makes_less_sure():
    assert sureness([0.7, 0.2]) > sureness([0.7, 0.69]) > sureness([0.6, 0.59])
    assert sureness([0.5]) == 0.5
    assert sureness([0.1, 0.7]) == sureness([0.7, 0.1])


def test_hidden_articles_never_answer_their_own_questions(folder):
    library = read_articles(find_articles(folder))
    everything = {
        "questions": library.questions,
        "words": library.words,
        "vectors": library.vectors,
    }
    apart = hidden_article_scores(articles=list(range(5)), **everything)
    assert len(apart) >= 10
    assert max(apart) < 0.9
    assert hidden_article_scores(articles=[7] * 5, **everything) == []


def test_what_several_articles_say_does_not_raise_the_bar(tmp_path):
    shared = "Write to us if that does not help."
    for name, text in ARTICLES.items():
        (tmp_path / f"{len(name)}.md").write_text(f"# Help\n\n{text.splitlines()[-1]}\n\n{shared}")
    library = read_articles(find_articles(tmp_path))
    assert set(library.questions) == {"Help"}
    owners = list(dict.fromkeys(library.articles))
    scores = hidden_article_scores(
        articles=[owners.index(name) for name in library.articles],
        questions=library.questions,
        words=library.words,
        vectors=library.vectors,
    )
    assert len(scores) >= 5
    assert max(scores) < 0.9
