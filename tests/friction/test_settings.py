"""Thresholds and switches: what is refused, and that all of it is written down."""

import re
from pathlib import Path

import pytest

from vcsm.friction.session import DETECTORS, KINDS
from vcsm.friction.thresholds import KINDS as NAMED_KINDS
from vcsm.friction.thresholds import THRESHOLDS, FrictionSettings

DOCS = (Path(__file__).parents[2] / "docs" / "friction.md").read_text()


def test_it_works() -> None:
    settings = FrictionSettings.from_dict({"rage.min_clicks": 4, "dead.off": True})
    assert settings["rage.min_clicks"] == 4 and settings["dead.min_clicks"] == 1
    assert settings.off_kinds == {"dead"}
    assert FrictionSettings.from_dict({})["rage.min_clicks"] == 3  # nothing was shared


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rage.max_clicks", 4),
        ("unheard.off", True),
        ("rage.min_clicks", "4"),
        ("rage.min_clicks", True),
        ("rage.min_clicks", float("nan")),
        ("rage.min_clicks", -1),
        ("dead.off", "yes"),
        ("off_pages", ["/a"]),
        ("off_pages", {"/a": ["unheard"]}),
        ("off_elements", {"x": 3}),
        ("help_pages", "/help"),
        ("help_pages", ["/help"] * 201),
        ("flows", {}),
        ("flows", [{"name": "a"}]),
        ("flows", [{"name": "a", "steps": [{"page": "/a"}]}]),
        ("flows", [{"name": "a", "steps": [{"page": "/a", "track": "b"}, {"page": "/c"}]}]),
        ("flows", [{"name": "a", "steps": [{"page": "/a", "stall_ms": -1}, {"page": "/c"}]}]),
        ("flows", [{"name": "a", "steps": [{"page": "/a"}, {"page": "/b"}]}] * 2),
    ],
)
def test_what_is_wrong_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        FrictionSettings.from_dict({name: value})


def test_every_default_is_within_its_own_limits() -> None:
    assert all(one.low <= one.default <= one.high for one in THRESHOLDS.values())


def test_every_kind_is_tunable_and_every_threshold_has_its_detector() -> None:
    assert set(NAMED_KINDS) == set(KINDS) and len(KINDS) == len(DETECTORS)


def test_every_detector_states_definition_thresholds_source_and_false_positives() -> None:
    for detector in DETECTORS:
        text = __import__(detector.__module__, fromlist=["x"]).__doc__ or ""
        for word in ("Definition:", "Severity:", "Source:", "Known false positives:"):
            assert word in text, (detector.kind, word)
        for name in THRESHOLDS:
            if name.startswith(detector.kind + "."):
                assert f"`{name}`" in text, name


def test_the_page_on_friction_names_every_kind_and_threshold_with_its_default() -> None:
    for kind in KINDS:
        assert f"| `{kind}` |" in DOCS, kind
    for name, threshold in THRESHOLDS.items():
        assert f"| `{name}` | {threshold.default:g} |" in DOCS, name
