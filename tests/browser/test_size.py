"""What a product page downloads for us."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.browser.fixture_page import FRONTEND, NODE, build

BUDGET = 10_000
"""Bytes under gzip -9: the loader, the click ledger and all that it judges by, together."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    for mode in ("loader", "visit", "parts"):
        build(mode, dist / "widget")
    return dist


def measure(dist: Path) -> dict[str, int]:
    done = subprocess.run(
        [str(NODE), "size.mjs", str(dist)], cwd=FRONTEND, capture_output=True, text=True, check=True
    )
    sizes: dict[str, int] = json.loads(done.stdout)
    return sizes


def test_it_works(dist: Path) -> None:
    sizes = measure(dist)
    assert 3_000 < sizes["first_load_gzip"] <= BUDGET
    assert sizes["idle_gzip"] == sizes["visit_gzip"] + sizes["senses_gzip"]
    assert 1_000 < sizes["senses_gzip"] < sizes["visit_gzip"]
    assert sizes["panel_gzip"] > 0


def test_the_first_file_holds_all_that_a_click_is_judged_by(dist: Path) -> None:
    first = (dist / "widget" / "vcsm.js").read_text()
    words = ("dead_swipe", "repeat_use", "MutationObserver", "pointerdown", "XMLHttpRequest")
    assert [word for word in words if word not in first] == []
    assert "import(" in first  # and nothing else comes before it is asked for
    assert not re.search(r"""\bimport\s*["'{*]|\bfrom\s*["']""", first)


def test_what_a_part_imports_is_counted(dist: Path) -> None:
    before = measure(dist)["first_load_gzip"]
    loader = dist / "widget" / "vcsm.js"
    loader.write_text('import "./more.js";' + loader.read_text())
    (dist / "widget" / "more.js").write_text("export default " + json.dumps(list(range(9999))))
    assert measure(dist)["first_load_gzip"] > before + 5_000


def test_nothing_built_counts_nothing(tmp_path: Path) -> None:
    assert set(measure(tmp_path).values()) == {0}
