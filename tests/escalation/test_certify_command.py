import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

KEYS = [
    "threshold",
    "certified",
    "upper_bound",
    "escalated_share",
    "verdicts",
    "verdicts_missing",
    "drift",
]


def run(path: Path, *options: str) -> dict[str, object]:
    out = StringIO()
    call_command("certify", str(path), *options, stdout=out)
    told: dict[str, object] = json.loads(out.getvalue())
    return told


def written(path: Path, text: str) -> Path:
    file = path / "verdicts.csv"
    file.write_text(text)
    return file


def test_it_works(tmp_path: Path) -> None:
    rows = "".join(f"0.{number:03},{number % 9 == 0:d}\n" for number in (7, 3, 8, 1) * 20)
    file = written(tmp_path, f"score,false_alarm\n{rows}")
    told = run(file, "--max-false-share", "0.2", "--confidence", "0.9")
    assert list(told) == KEYS
    assert told["certified"] is True
    assert (told["threshold"], told["escalated_share"]) == (0.001, 1.0)


def test_no_verdicts_yet(tmp_path: Path) -> None:
    told = run(written(tmp_path, "score,false_alarm\n"))
    assert (told["certified"], told["verdicts"], told["verdicts_missing"]) == (False, 0, 11)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("a,b\n1,0\n", "no column 'score'"),
        ("score,alarm\n1,0\n", "no column 'false_alarm'"),
        ("score,false_alarm\n0.5,0\nnan,1\n", "line 3: the score must be a finite number"),
        ("score,false_alarm\n,1\n", "line 2: the score must be a finite number"),
        ("score,false_alarm\ninf,1\n", "finite number"),
        ("score,false_alarm\n0.5,yes\n", "line 2: false_alarm must be 0 or 1, not 'yes'"),
        ("score,false_alarm\n0.5\n", "false_alarm must be 0 or 1"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        run(written(tmp_path, text))
    assert "\n" not in str(refused.value)
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffscore,false_alarm\n0.5,0\n0.4,1\n",
        "Score, False_Alarm\r\n0.5, 0\r\n\r\n0.4, 1\r\n",
        "false_alarm,note,score\nFalse,x,0.5\nTrue,,0.4\n",
        "score,false_alarm\n5e-1,0.0\n0.4,1.0\n",
        "score;false_alarm\n0,5;0\n0.4;1\n",
        "score\tfalse_alarm\n0.5\t0\n0.4\t1\n",
    ],
)
def test_what_spreadsheets_make_of_it_is_read(tmp_path: Path, text: str) -> None:
    told = run(written(tmp_path, text), "--max-false-share", "0.9", "--confidence", "0.5")
    assert told["verdicts"] == 2


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        run(tmp_path / "none.csv")


def test_no_text(tmp_path: Path) -> None:
    file = tmp_path / "verdicts.csv"
    file.write_bytes(b"score,false_alarm\n\xff\xfe,1\n")
    with pytest.raises(CommandError, match="is not CSV text"):
        run(file)


@pytest.mark.parametrize("option", ["--max-false-share", "--confidence"])
def test_a_share_outside_0_and_1(tmp_path: Path, option: str) -> None:
    with pytest.raises(CommandError, match="must lie between 0 and 1"):
        run(written(tmp_path, "score,false_alarm\n0.5,0\n"), option, "1.5")
