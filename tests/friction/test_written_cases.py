"""Cases written from the rules before they were run, and what must not change a verdict.

`cases/*.json` have the form of `tests/friction_cases.json`. Their expectations come from the rules
in docs/friction.md and from what users of other products complained about, not from a run.
"""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.friction.test_friction_cases import CASES, run_cases

FOLDER = Path(__file__).parent / "cases"
Case = dict[str, Any]

WRITTEN: list[Case] = [
    case for path in sorted(FOLDER.glob("*.json")) for case in json.loads(path.read_text())
]
ALL: list[Case] = [*json.loads(CASES.read_text()), *WRITTEN]
SILENT = ("mouseover", "pointerout", "keyup", "wheel", "longtask", "beacon", "unheard_of")


def run_all(cases: list[Case], folder: Path) -> dict[str, Any]:
    path = folder / "cases.json"
    path.write_text(json.dumps(cases))
    return run_cases(path)


def test_it_works(tmp_path: Path) -> None:
    assert len(WRITTEN) > 400
    assert len({case["id"] for case in ALL}) == len(ALL)
    report = run_all(WRITTEN, tmp_path)
    assert report["misses"] == []
    assert set(report["unknown_events"]) == {
        "console_log", "invalid", "quantum_leap", "websocket_send", "worker_message", "zap",
    }  # fmt: skip
    assert set(report["recall"].values()) == set(report["precision"].values()) == {1}


def shifted(case: Case, dice: random.Random) -> Case:
    by = dice.choice([-70_000, 12_345, 3_600_000])
    until = case["observe_until_ms"]
    events = [one | {"t_ms": one["t_ms"] + by} for one in case["events"]]
    return case | {"events": events, "observe_until_ms": None if until is None else until + by}


def renamed(case: Case, _: random.Random) -> Case:
    text = json.dumps(case["events"])
    refs = {one["target"]["ref"] for one in case["events"] if "ref" in one.get("target", {})}
    for ref in refs:
        text = text.replace(f'"ref": "{ref}"', f'"ref": "other {ref}"')
    return case | {"events": json.loads(text)}


def shuffled(case: Case, dice: random.Random) -> Case:
    """Only where every event has a time of its own, and no position that moves add up to."""
    events = list(case["events"])
    if len({one["t_ms"] for one in events}) == len(events) and case["signal"] != "liveness":
        dice.shuffle(events)
    return case | {"events": events}


def crowded(case: Case, dice: random.Random) -> Case:
    """Among things that happen on every page and say nothing."""
    if not case["events"]:
        return case
    times = [one["t_ms"] for one in case["events"]]
    more = [
        {
            "type": dice.choice(SILENT),
            "t_ms": dice.randint(round(min(times)), round(max(times)) + 50),
        }
        for _ in range(6)
    ]
    return case | {"events": [*case["events"], *more]}


def stretched(case: Case, _: random.Random) -> Case:
    """By less than any limit is told apart, where no time lies on a limit."""
    events = [one | {"t_ms": one["t_ms"] * 1.0004} for one in case["events"]]
    return case | {"events": events}


def echoed(case: Case, _: random.Random) -> Case:
    """Every change of the page is told twice."""
    echo = [one for one in case["events"] for _ in range(2 if one["type"] == "mutation" else 1)]
    return case | {"events": echo}


def disguised(case: Case, _: random.Random) -> Case:
    """In other words: names in camel case, times as text, attributes under another name."""

    def other(target: Any) -> Any:
        if not isinstance(target, dict):
            return target
        names = {"attrs": "attributes", "text": "inner_text", "tag": "tag_name"}
        told = {names.get(name, name): value for name, value in target.items()}
        around = [other(one) for one in target.get("ancestors") or []]
        return told | ({"ancestors": around} if around else {}) | {"seen": "yes"}

    def camel(name: str) -> str:
        return re.sub(r"_([a-z])", lambda letter: letter[1].upper(), name)

    events = [
        one
        | {"type": camel(one["type"]), "t_ms": str(one["t_ms"]), "remark": {"by": "nobody"}}
        | ({"target": other(one["target"])} if "target" in one else {})
        for one in case["events"]
    ]
    return case | {"events": events}


def bare(case: Case, _: random.Random) -> Case:
    """With the fields of DOM events: `timeStamp`, `clientX`, lists of touches and attributes."""

    def other(target: Any) -> Any:
        if not isinstance(target, dict) or not isinstance(target.get("attrs"), dict):
            return target
        listed = [{"name": name, "value": value} for name, value in target["attrs"].items()]
        return {name: value for name, value in target.items() if name != "attrs"} | {
            "attributes": listed
        }

    names = {"t_ms": "timeStamp", "x": "clientX", "y": "clientY", "is_trusted": "isTrusted"}
    events = []
    for one in case["events"]:
        told = {names.get(name, name): value for name, value in one.items()}
        if "target" in one:
            told["target"] = other(one["target"])
        if isinstance(one.get("touches"), int):
            finger = {"clientX": one.get("x", 0), "clientY": one.get("y", 0)}
            told["touches"] = [finger] * one["touches"]
        if isinstance(one.get("button"), int) and one["button"] in (0, 1, 2):
            told["button"] = ("left", "middle", "right")[one["button"]]
        events.append(told)
    return case | {"events": events}


CHANGES = (shifted, renamed, shuffled, crowded, stretched, echoed, disguised, bare)


@pytest.fixture(scope="module")
def missed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every case under every change, in one run; the misses as "change id"."""
    cases = []
    for change in CHANGES:
        dice = random.Random(change.__name__)
        changed = [change(case, dice) for case in ALL]
        assert sum(one != case for one, case in zip(changed, ALL, strict=True)) > 40
        cases += [one | {"id": f"{change.__name__} {one['id']}"} for one in changed]
    report = run_all(cases, tmp_path_factory.mktemp("changed"))
    return {miss["id"] for miss in report["misses"]}


@pytest.mark.parametrize("change", [change.__name__ for change in CHANGES])
def test_what_says_nothing_changes_no_verdict(change: str, missed: set[str]) -> None:
    assert [one for one in missed if one.startswith(change)] == []


def test_every_kind_of_reaction_rescues_and_none_convicts(tmp_path: Path) -> None:
    """A page that answers every click in time has nothing dead, whatever else a case records."""
    answered = [
        case
        | {
            "id": f"{case['id']}+",
            "expected": "none",
            "signal": "dead",
            "config": None,
            "events": [
                *case["events"],
                *[
                    {"type": "mutation", "t_ms": one["t_ms"] + 5, "kind": "childList"}
                    for one in case["events"]
                    if one["type"].lower() == "click"
                ],
            ],
        }
        for case in ALL
        if case["signal"] == "dead" and "dead" in case["expected"]
    ]
    assert len(answered) > 50
    assert run_all(answered, tmp_path)["misses"] == []


def test_a_target_may_be_told_as_a_selector(tmp_path: Path) -> None:
    told = {
        "button#save": "dead", "div.card > button.save": "dead", "Save button": "dead",
        "a[href='/x']": "none", "input[type=file]": "none", "p": "none",
    }  # fmt: skip
    around = {"ref": "A", "tag": "span", "ancestors": ["b", "a[href]", "div"]}
    targets: list[tuple[Any, str]] = [*told.items(), (around, "none")]
    cases = [
        {
            "id": str(i), "signal": "dead", "observe_until_ms": 5000, "expected": expected,
            "events": [{"event": "click", "time_ms": 0, "target": target}],
        }
        for i, (target, expected) in enumerate(targets)
    ]  # fmt: skip
    assert run_all(cases, tmp_path)["misses"] == []


def test_kinds_and_answers_go_by_their_other_names_too(tmp_path: Path) -> None:
    click = {"type": "click", "t_ms": 0, "target": {"ref": "A", "tag": "button"}}
    dead = {"signal": "dead", "observe_until_ms": 5000, "events": [click]}
    changed = [e | {"t_ms": t + d} for t in (0, 200, 400, 600)
               for e, d in ((click, 0), ({"type": "mutation"}, 40))]  # fmt: skip
    used = {"signal": "rage", "events": changed}
    report = run_all(
        [
            dead | {"id": "1", "expected": "dead_click"},
            dead | {"id": "2", "expected": "not_dead"},
            dead | {"id": "3", "expected": "eligible"},
            dead | {"id": "4", "expected": "answered"},
            used | {"id": "5", "expected": "repeat_use"},
            used | {"id": "6", "expected": "not_rage"},
            used | {"id": "7", "expected": "rage_click"},
        ],
        tmp_path,
    )
    assert [miss["id"] for miss in report["misses"]] == ["2", "4", "7"]


def test_what_is_no_case_is_a_miss_and_not_the_end(tmp_path: Path) -> None:
    odd: list[Any] = [
        None, 7, "case", [], {}, {"id": 3}, {"id": "x", "signal": None, "expected": ["dead"]},
        {"id": "y", "signal": "dead", "expected": "none", "events": {"type": "click"}},
        {"id": "z", "signal": "dead", "expected": "none", "events": [{"t_ms": 1}]},
        {"id": "w", "signal": "dead", "expected": "none", "events": [],
         "config": {"rage.min_clicks": "many", "off_pages": 3}},
        {"id": "v", "signal": "dead", "expected": "none",
         "events": [{"type": "constructor"}, {"type": "__proto__", "t_ms": 3}]},
            {"id": "u", "signal": "dead", "expected": "none",
             "events": [{"type": "click", "t_ms": 1e300}]},
    ]  # fmt: skip
    fine = WRITTEN[0]
    report = run_all([*odd, fine], tmp_path)
    assert report["total"] == len(odd) + 1
    missed = {miss["id"] for miss in report["misses"]}
    assert missed == {"#1", "#2", "#3", "#4", "#5", "3", "x", "y", "z", "w", "u"}
    assert report["unknown_events"] == {"constructor": 1, "__proto__": 1}


@pytest.mark.parametrize("text", ['"cases"', "{}", "null", '{"cases": {"a": 1}}', "[{]"])
def test_a_file_of_another_form_is_refused_in_one_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text(text)
    with pytest.raises(Exception) as caught:  # noqa: PT011
        run_cases(path)
    said = caught.value.stderr  # type: ignore[attr-defined]
    assert said.startswith(f"friction-cases: {path}: ") and said.count("\n") == 1
