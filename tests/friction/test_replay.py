"""Recorded events in, signals out: the same bytes every time, and no crash on a bad line."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from vcsm.friction.replay import parse_assignments, replay, run_replay
from vcsm.friction.thresholds import FrictionSettings

DEAD = {
    "type": "verdict", "at": 5, "page": "/a", "click": 1, "element": {"id": "e"}, "verdict": "dead",
}  # fmt: skip


def run(lines: list[str], path: Path, *settings: str) -> tuple[int, list[dict[str, object]], str]:
    path.write_text("\n".join(lines))
    out, trouble = io.StringIO(), io.StringIO()
    code = run_replay(str(path), settings, out=out, trouble=trouble)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], trouble.getvalue()


def test_it_works(tmp_path: Path) -> None:
    lines = [json.dumps({"session": "s", "events": [DEAD]}), json.dumps(DEAD | {"click": 2})]
    code, signals, trouble = run(lines, tmp_path / "events.jsonl")
    assert (code, trouble) == (0, "")
    assert [(s["session"], s["kind"], s["count"]) for s in signals] == [
        ("s", "dead", 1),
        ("", "dead", 1),
    ]
    assert list(signals[0]) == sorted(signals[0])


def test_the_same_input_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(json.dumps(DEAD | {"click": n, "at": n * 700}) for n in range(50)))
    command = [
        sys.executable,
        "-m",
        "vcsm.friction.replay",
        str(path),
        "--set",
        "dead.min_clicks=3",
    ]
    first, second = (subprocess.run(command, capture_output=True, check=True) for _ in range(2))
    assert first.stdout == second.stdout and first.stdout.count(b"\n") == 48


def test_whoever_has_read_enough_may_go(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    lines = (json.dumps(DEAD | {"click": n, "at": n * 700}) for n in range(4000))
    path.write_text("\n".join(lines))
    command = [sys.executable, "-m", "vcsm.friction.replay", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        told = process.stderr.read()
    assert told == b"" and process.returncode == 0


def test_a_frame_sent_again_counts_once(tmp_path: Path) -> None:
    frame = json.dumps({"type": "events", "sequence": 1, "events": [DEAD]})
    assert len(run([frame, frame], tmp_path / "f")[1]) == 1


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        "{", "[]", '{"events": 1}', '{"type": "events", "sequence": true, "events": []}',
        json.dumps({"events": [{"type": "unheard-of"}, DEAD]}), "[" * 100_000,
        json.dumps(DEAD | {"at": -1}), "",
    ]  # fmt: skip
    code, signals, trouble = run(lines, tmp_path / "f")
    assert code == 0 and len(signals) == 1
    told = trouble.splitlines()
    assert [line.split(":")[0] for line in told[:-1]] == [
        "line 1", "line 2", "line 3", "line 4", "line 5", "line 6", "line 7",
    ]  # fmt: skip
    assert told[-1].startswith("7 bad")


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    bad: list[int] = []
    list(replay([b"\xff\xfe{}"], FrictionSettings(), complain=lambda line, _: bad.append(line)))
    assert bad == [1]


@pytest.mark.parametrize("wrong", ["rage.min_clicks", "rage.min_clicks=x", "nope=1", "dead.off=1"])
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, wrong: str) -> None:
    code, signals, trouble = run([json.dumps(DEAD)], tmp_path / "f", wrong)
    assert code == 2 and signals == [] and wrong.partition("=")[0] in trouble


def test_settings_are_json_values() -> None:
    assert parse_assignments(["a.b=4", 'c={"d": [1]}']) == {"a.b": 4, "c": {"d": [1]}}
