"""A page that fires events without end: what the widget keeps of it, in memory and for sending.

The whole widget runs as it ships, in a page whose server cannot be reached, so that it keeps
whatever it wants to send: the worst case for its memory. First the page dispatches events that no
hand made, then it calls `vcsm('track')` as often. Between the steps the browser's garbage collector
runs and its heap is read.
"""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Route, sync_playwright

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.capture import ORIGIN, build

PAGE = (
    "<!doctype html><meta charset=utf-8><button id=pay>Pay</button>"
    "<script src=/widget/vcsm.js data-key=pk_hostile data-server=http://127.0.0.1:1></script>"
)
FIRE = """(count) => {
  const button = document.getElementById('pay')
  const kinds = ['pointerdown', 'pointerup', 'click', 'keydown', 'input', 'focusin', 'scroll']
  const began = performance.now()
  for (let i = 0; i < count; i++) {
    button.dispatchEvent(new Event(kinds[i % 7], { bubbles: true, composed: true }))
  }
  return (performance.now() - began) * 1000 / count
}"""
TELL = """(count) => {
  const began = performance.now()
  for (let i = 0; i < count; i++) vcsm('track', 'again', { i })
  return (performance.now() - began) * 1000 / count
}"""
SLICE = 50_000
SETTLE_MS = 3_000


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--events", type=at_least(1), default=1_000_000, help="of each kind of attack"
    )


def run(*, events: int = 1_000_000) -> dict[str, Any]:
    """Attacks one page and returns what that left behind.

    `dispatched` and `tracked` each hold `grown_kb` (heap afterwards less heap before, each after a
    collection), `us_each`, `kept_events` and `kept_chars` (what waits to be sent, as the tab keeps
    it). `still_judges` lists the verdicts on a click on a dead button afterwards.
    """
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder)
        for mode in ("loader", "visit", "parts"):
            build(mode, built / "widget")
        browser = playwright.chromium.launch(**launch_options())
        try:
            return _attack(browser.new_page(), built, events)
        finally:
            browser.close()


def _attack(page: Page, built: Path, events: int) -> dict[str, Any]:
    page.route("**/*", lambda route: _answer(route, built))
    page.goto(ORIGIN)
    page.wait_for_timeout(SETTLE_MS)
    devtools = page.context.new_cdp_session(page)
    found: dict[str, Any] = {"events": events}
    for name, script in (("dispatched", FIRE), ("tracked", TELL)):
        before = _heap(devtools)
        parts = [page.evaluate(script, SLICE) for _ in range(max(events // SLICE, 1))]
        page.wait_for_timeout(SETTLE_MS)
        grown = _heap(devtools) - before
        kept = _kept(page)
        found[name] = {
            "grown_kb": round(grown / 1024),
            "us_each": round(sum(parts) / len(parts), 2),
            "kept_events": len(kept),
            "kept_chars": len(json.dumps(kept)),
        }
    page.locator("#pay").click()
    page.wait_for_timeout(SETTLE_MS)
    found["still_judges"] = [one["verdict"] for one in _kept(page) if one["type"] == "verdict"]
    return found


def _heap(devtools: CDPSession) -> float:
    devtools.send("HeapProfiler.collectGarbage")
    return float(devtools.send("Runtime.getHeapUsage")["usedSize"])


def _kept(page: Page) -> list[dict[str, Any]]:
    """Returns the events the tab keeps until a server has them.

    They are written when the page is left, so leaving it and coming back are simulated.
    """
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    kept = page.evaluate("JSON.parse(sessionStorage.getItem('vcsm:pk_hostile') ?? '{}')")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.wait_for_timeout(500)
    batches = [one for batch in kept.get("batches", []) for one in batch["events"]]
    return [*batches, *kept.get("pending", [])]


def _answer(route: Route, built: Path) -> None:
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    file = built / path.lstrip("/")
    if path.endswith(".js") and file.is_file():
        route.fulfill(body=file.read_text(), content_type="text/javascript")
    else:
        route.fulfill(body=PAGE if path == "/" else "", content_type="text/html")
