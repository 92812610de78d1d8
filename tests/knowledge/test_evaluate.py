"""`evaluate_answers`: what it prints, and the folders and files that people really have."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

EXPORT = "# Export a report\n\nOpen the report and choose Export."
INVITE = "# Invite a colleague\n\nOpen Team and press Invite."
QUESTIONS = (
    "question,article\nhow do I export a report,export\ninvite my colleague,team/invite.md\n"
)


def _evaluate(folder, questions):
    file = folder.parent / "questions.csv"
    file.write_text(questions, encoding="utf-8")
    out = StringIO()
    call_command("evaluate_answers", articles=folder, questions=file, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "articles"
    (made / "team").mkdir(parents=True)
    (made / "export.md").write_text(EXPORT)
    (made / "team" / "invite.md").write_text(INVITE)
    return made


def test_it_works(folder):
    report = _evaluate(folder, QUESTIONS + "do you sell insurance,\n")
    assert (report["recall_at_1"], report["recall_at_5"], report["mrr"]) == (1.0, 1.0, 1.0)
    assert report["answered"] == pytest.approx(2 / 3)
    assert report["wrong_among_answered"] == 0.0


@pytest.mark.parametrize(
    "name",
    [
        "invite",
        "invite.md",
        "team/invite",
        "./team/invite.md",
        "team\\invite.md",
        "articles/team/invite.md",
    ],
)
def test_an_article_goes_by_any_of_its_names(folder, name):
    report = _evaluate(folder, f"question,article\ninvite my colleague,{name}\n")
    assert report["recall_at_1"] == 1.0


def test_a_name_that_two_articles_have_needs_its_folder(folder):
    (folder / "seats").mkdir()
    (folder / "seats" / "invite.md").write_text("# Pay for a seat\n\nOpen Billing, then Seats.")
    with pytest.raises(CommandError, match=r"any of 2 articles: seats/invite.md, team/invite.md"):
        _evaluate(folder, QUESTIONS + "who pays for a seat,invite\n")
    report = _evaluate(folder, QUESTIONS + "who pays for a seat,seats/invite\n")
    assert report["recall_at_1"] == 1.0


def test_an_article_at_the_top_goes_by_its_name_though_another_below_has_it_too(folder):
    (folder / "team" / "export.md").write_text("# List the team\n\nOpen Team and press List.")
    assert _evaluate(folder, QUESTIONS)["recall_at_1"] == 1.0


def test_an_article_without_text_is_there_and_not_found(folder):
    (folder / "later.md").write_text("# To be written\n")
    report = _evaluate(folder, QUESTIONS + "what is to be written,later\n")
    assert report["recall_at_5"] == pytest.approx(2 / 3)


def test_questions_without_an_article_alone(folder):
    report = _evaluate(folder, "question,article\ndo you sell insurance,\n")
    assert (report["answered"], report["recall_at_1"]) == (0.0, 0.0)


def test_what_is_not_read_is_found_and_not_answered(folder):
    rows = "question,article\nwie kann ich einen report als Export haben,export\n"
    report = _evaluate(folder, rows)
    assert (report["answered"], report["other_language"]) == (0.0, 1.0)


ODD = {
    "empty.md": b"",
    "title.md": b"# Only a title\n",
    "nul.md": b"# Nul\x00s\n\nA text with a \x00 in it.",
    "old.txt": "Größe\n\nDie Größe ändern.".encode("cp1252"),
    "wide.md": "# Wide\n\nAs some editors write.".encode("utf-16"),
    "page.html": b"<h1>Bees</h1><script>x()</script><p>Keeping bees on a roof.</p>",
    "picture.md": bytes(range(256)) * 8,
}


def test_odd_articles_stand_beside_the_others(folder):
    for name, content in ODD.items():
        (folder / name).write_bytes(content)
    (folder / "folder.md").mkdir()
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    report = _evaluate(folder, QUESTIONS + "how do I keep bees,page\n")
    assert report["recall_at_1"] == 1.0


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ("question,article\nhow do I export,exports\n", "not in the folder: exports"),
        ("question\nhow do I export\n", "no column article"),
        ("question,article\n", "no rows"),
    ],
)
def test_a_wrong_file_of_questions_gets_one_sentence(folder, questions, sentence):
    with pytest.raises(CommandError, match=sentence) as refused:
        _evaluate(folder, questions)
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "is not a folder"),
        ({"picture.png": b"\x89PNG"}, "holds no articles"),
        ({"empty.md": b"", "title.md": b"# A title\n"}, "have no text"),
    ],
)
def test_a_folder_without_articles(tmp_path, content, sentence):
    folder = tmp_path / "none"
    if content is not None:
        folder.mkdir()
        for name, written in content.items():
            (folder / name).write_bytes(written)
    with pytest.raises(CommandError, match=sentence) as refused:
        _evaluate(folder, "question,article\nx,\n")
    assert refused.value.returncode == 2
