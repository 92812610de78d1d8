"""The evaluate commands: what they print, and one clear sentence for files that are wrong."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.intent.test_discover import _planted
from vcsm.intent.rows import read_rows

TRAIN = """text,category
how do I export a report,export
download the report,export
export to PDF,export
save my report as a file,export
get the report out,export
invite a colleague,invite
add a teammate,invite
how do I add someone to my team,invite
send an invitation,invite
bring in a coworker,invite
"""
FIELDS = """
accuracy accuracy_in_scope oos_recall auroc aupr mcc kept_at_90 kept_at_95 ece fit_seconds
predict_ms_p50 predict_ms_p95
"""
TEST = """text,category
export my report please,export
can I invite somebody,invite
what is the weather,oos
"""


def _call(name, **options):
    out = StringIO()
    call_command(name, stdout=out, **options)
    return json.loads(out.getvalue())


def _write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_it_works(tmp_path):
    report = _call(
        "evaluate_intents",
        train=_write(tmp_path / "train.csv", TRAIN),
        test=_write(tmp_path / "test.csv", TEST),
        shots=4,
        seeds=2,
    )
    assert set(FIELDS.split()) <= set(report)
    for field in FIELDS.split():
        assert f"{field}_std" in report
    assert report["accuracy"] == 1.0
    assert report["auroc"] == 1.0


def test_without_rejection_rows_their_figures_are_null(tmp_path):
    report = _call(
        "evaluate_intents",
        train=_write(tmp_path / "train.csv", TRAIN),
        test=_write(tmp_path / "test.csv", TEST.replace("what is the weather,oos\n", "")),
    )
    assert report["auroc"] is None
    assert report["oos_recall"] is None
    assert report["accuracy"] == 1.0


def test_with_rejection_rows_alone_nothing_is_said_of_the_others(tmp_path):
    report = _call(
        "evaluate_intents",
        train=_write(tmp_path / "train.csv", TRAIN),
        test=_write(tmp_path / "test.csv", "text,category\nwhat is the weather,oos\n"),
    )
    assert {report[name] for name in ("accuracy", "kept_at_95", "auroc", "ece")} == {None}
    assert report["oos_recall"] == 1.0


@pytest.mark.parametrize("export", ["export_report", "exportReport", "EXPORT-REPORT"])
def test_names_teach_where_examples_are_few(tmp_path, export):
    train = f"text,category\nx,{export}\ny,invite_colleague\n"
    test = f"text,category\nexport my report,{export}\ninvite a colleague,invite_colleague\n"
    files = {
        "train": _write(tmp_path / "a.csv", train),
        "test": _write(tmp_path / "b.csv", test),
    }
    assert _call("evaluate_intents", names=True, **files)["accuracy"] == 1.0


ODD = {
    "byte order mark": "\ufeff" + TRAIN,
    "other columns and capitals": "id, Text ,CATEGORY\n1,export it,export\n2,invite,invite\n",
    "quotes and line breaks": 'text,category\n"export ""this""\nnow",export\ninvite,invite\n',
    "rows cut short, no text": "text,category\nonly\n,export\nexport it,export\ninvite,invite\n",
    "rows of none of these": TRAIN + "sing a song,oos\n",
    "one example": "text,category\nexport a report,export\n",
    "one text under two intents": "text,category\n" + "export,export\nexport,invite\n" * 5,
    "a very long text": f"text,category\n{'export ' * 14_000},export\ninvite somebody,invite\n",
    "parted by semicolons": TRAIN.replace(",", ";"),
    "parted by tabs": TRAIN.replace(",", "\t"),
    "blank lines before the header": "\r\n\r\n" + TRAIN,
    "other scripts": "text,category\nгде отчёт,export\n邀请同事,invite\n🙂,smile\n",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_read_for_what_they_hold(tmp_path, name):
    report = _call(
        "evaluate_intents",
        train=_write(tmp_path / "train.csv", ODD[name]),
        test=_write(tmp_path / "test.csv", TEST + "no label,\nunheard of,another\n"),
        shots=3,
        seeds=1,
    )
    assert set(FIELDS.split()) <= set(report)
    assert report["accuracy"] is None or 0 <= report["accuracy"] <= 1
    assert 0 <= report["oos_recall"] <= 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_no_letter_is_lost_to_an_encoding(tmp_path, encoding):
    file = tmp_path / "rows.csv"
    file.write_bytes("text,category\r\nGröße ändern,größe\r\n".encode(encoding))
    assert read_rows(file) == [("Größe ändern", "größe")]


@pytest.mark.parametrize("option", ["shots", "seeds"])
def test_numbers_below_one_are_refused(tmp_path, option):
    file = _write(tmp_path / "a.csv", TRAIN)
    with pytest.raises(CommandError, match=f"--{option} must be at least 1"):
        _call("evaluate_intents", train=file, test=file, **{option: 0})


def test_a_training_file_of_rejects_alone(tmp_path):
    file = _write(tmp_path / "a.csv", "text,category\nx,oos\ny,\n")
    with pytest.raises(CommandError, match="no row of an intent"):
        _call("evaluate_intents", train=file, test=file)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        ("a,b\n1,2\n", "no column text, category"),
        ("text,category\n", "no rows"),
        ("", "no column text, category"),
        ('text,category\n"never closed,a\nb,b\n', "is not CSV: line 3"),
    ],
)
def test_wrong_files_get_one_sentence(tmp_path, content, sentence):
    file = tmp_path / "wrong.csv"
    if content is not None:
        _write(file, content)
    with pytest.raises(CommandError, match=sentence) as refused:
        _call("evaluate_intents", train=file, test=file)
    assert refused.value.returncode == 2
    with pytest.raises(CommandError, match=sentence):
        _call("evaluate_clusters", texts=file)


def test_clusters(tmp_path):
    rows = "".join(f"{text},{category}\n" for text, category in _planted())
    report = _call("evaluate_clusters", texts=_write(tmp_path / "t.csv", f"text,category\n{rows}"))
    assert {"nmi", "ari", "clusters", "precision_of_8_plus", "seconds"} <= set(report)
    assert report["precision_of_8_plus"] == 1.0


def test_without_a_group_of_eight_nothing_is_said_of_their_precision(tmp_path):
    file = _write(tmp_path / "t.csv", "text,category\nwhere is my card,arrival\n")
    report = _call("evaluate_clusters", texts=file)
    assert (report["clusters"], report["precision_of_8_plus"]) == (1, None)


def test_texts_without_a_category_are_no_wish_together(tmp_path):
    rows = "".join(f"{text},\n" for text, _ in _planted())
    file = _write(tmp_path / "t.csv", f"text,category\n{rows}sing a song,music\n")
    report = _call("evaluate_clusters", texts=file)
    assert report["clusters_of_8_plus"] > 0
    assert report["precision_of_8_plus"] == 0.0


def test_groups_cannot_be_judged_without_any_category(tmp_path):
    file = _write(tmp_path / "t.csv", "text,category\nwhere is my card,\n")
    with pytest.raises(CommandError, match="No text has a category") as refused:
        _call("evaluate_clusters", texts=file)
    assert refused.value.returncode == 2
