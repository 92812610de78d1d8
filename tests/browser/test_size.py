"""What a product page downloads for us."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.fixture_page import FRONTEND, NODE, build

BUDGET = 10_000
"""Bytes under gzip -9: the loader and the core of the capture, together."""


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    build("loader", dist / "widget")
    build("parts", dist / "widget")
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
    assert sizes["idle_gzip"] > 0
    assert sizes["panel_gzip"] > 0


def test_what_a_part_imports_is_counted(dist: Path) -> None:
    before = measure(dist)["first_load_gzip"]
    capture = dist / "widget" / "capture.js"
    capture.write_text('import "./more.js";' + capture.read_text())
    (dist / "widget" / "more.js").write_text("export default " + json.dumps(list(range(9999))))
    assert measure(dist)["first_load_gzip"] > before + 5_000


def test_nothing_built_counts_nothing(tmp_path: Path) -> None:
    assert set(measure(tmp_path).values()) == {0}
