"""Takes the documentation's pictures of the running product, with the demo's customers in it.

These are the README's four, and as WebP the widget and every page of the console at desk and phone
width, light and dark.
"""

import json
import re
from collections.abc import Callable
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.own_stack import ROOT, OwnStack, start_own_stack

FOLDER = ROOT / "docs" / "screenshots"
CSM = "alice@northbank.example"
BUSY_MS = 25_000
"""Time for the demo's customers to do something worth a picture."""
SETTLE_MS = 1_500
"""Time for a page to show what it reads: charts have no test id in common to wait for."""
QUALITY = 72
COLOURS = 256
"""Colours of the README's pictures: screens have few, and PNG is then a third as large."""

PAGES: dict[str, str] = {
    "queue": "/console/",
    "queue-filtered": "/console/?order=due&newer=1d",
    "friction": "/console/friction?period=24h",
    "problems": "/console/problems",
    "accounts": "/console/accounts",
    "search": "/console/search?q=export",
    "intents": "/console/intents",
    "articles": "/console/articles",
    "deciding": "/console/deciding",
    "guardrails": "/console/guardrails",
    "detectors": "/console/detectors",
    "settings": "/console/settings",
}
"""Name of the picture → address. A new page is one line."""
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


def take_screenshots(tell: Callable[[str], None]) -> None:
    """Starts a demo of its own, plays Vera's part in it, and writes `docs/screenshots`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with start_own_stack() as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        console = _sign_in(browser, stack)
        console.wait_for_timeout(BUSY_MS)
        _play_vera(browser, stack, tell)
        for size, theme in product(SIZES, THEMES):
            _show_widget(browser, stack, size, theme, tell)
        escalation, account = _show_console(console, stack, tell)
        for name, path in {**PAGES, "escalation": escalation, "account": account}.items():
            _show_everywhere(console, name, f"{stack.url}{path}", tell)
        browser.close()


def _play_vera(browser: Browser, stack: OwnStack, tell: Callable[[str], None]) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{stack.url}/demo/statements?as=vera")
    part = "vcsm-widget [data-vcsm={}]".format
    page.locator(part("launcher")).click()
    page.locator(part("composer")).fill("Why can't I export my statement for October?")
    page.locator(part("send")).click()
    page.locator(part("message")).nth(1).wait_for()
    page.wait_for_timeout(800)
    _save(page, "panel", tell)
    page.locator(part("close")).click()
    _rage(page)
    page.locator(part("nudge")).wait_for()
    page.wait_for_timeout(600)
    _save(page, "nudge", tell)
    _rage(page)
    page.wait_for_timeout(3_500)


def _show_widget(
    browser: Browser, stack: OwnStack, size: str, theme: Theme, tell: Callable[[str], None]
) -> None:
    """Takes the widget's first page and an answered question, in a new browser context."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
    page = context.new_page()
    page.goto(f"{stack.url}/demo/statements?as=vera")
    part = "vcsm-widget [data-vcsm={}]".format
    page.locator(part("launcher")).click()
    page.locator(part("plan")).wait_for()
    page.wait_for_timeout(SETTLE_MS)
    _save_webp(page, f"panel-home-{size}-{theme}", tell)
    page.locator(part("composer")).fill("How long does a transfer take?")
    page.locator(part("send")).click()
    page.locator(part("message")).nth(1).wait_for()
    page.wait_for_timeout(800)
    _save_webp(page, f"panel-talk-{size}-{theme}", tell)
    context.close()


def _rage(page: Page) -> None:
    box = page.get_by_test_id("export-statement").bounding_box()
    assert box is not None, "the demo page shows no Export button"
    for _ in range(5):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(130)


def _sign_in(browser: Browser, stack: OwnStack) -> Page:
    logins = json.loads((Path(stack.home) / "demo" / "logins.json").read_text())
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{stack.url}/console/login")
    page.fill("#id_username", CSM)
    page.fill("#id_password", logins[CSM])
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/console/$"))
    return page


def _show_console(page: Page, stack: OwnStack, tell: Callable[[str], None]) -> tuple[str, str]:
    """Takes two of the README's pictures; returns the paths of Vera's escalation and account."""
    page.goto(f"{stack.url}/console/?order=newest")
    row = page.get_by_test_id("queue-row").filter(has_text="Vera Lindqvist").first
    row.click()
    page.get_by_test_id("escalation-element").wait_for()
    page.wait_for_timeout(SETTLE_MS)
    _save(page, "escalation", tell)
    path = page.url.removeprefix(stack.url)
    account = page.get_by_test_id("account").locator("a[href*='/console/accounts/']").first
    account_path = account.get_attribute("href") or "/console/accounts"
    page.goto(f"{stack.url}/console/friction?period=24h")
    page.get_by_test_id("friction-table").wait_for()
    page.wait_for_timeout(SETTLE_MS)
    _save(page, "friction", tell)
    return path, account_path


def _show_everywhere(page: Page, name: str, url: str, tell: Callable[[str], None]) -> None:
    """Takes pictures of one page at each width, light and dark."""
    page.goto(url)
    expect(page.locator(".skeleton")).to_have_count(0, timeout=30_000)
    page.wait_for_timeout(SETTLE_MS)
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            page.wait_for_timeout(300)
            _save_webp(page, f"{name}-{size}-{theme}", tell)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})


def _save(page: Page, name: str, tell: Callable[[str], None]) -> None:
    path = FOLDER / f"{name}.png"
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    tell(f"Wrote {path.relative_to(ROOT)}")


def _save_webp(page: Page, name: str, tell: Callable[[str], None]) -> None:
    path = FOLDER / f"{name}.webp"
    Image.open(BytesIO(page.screenshot())).save(path, quality=QUALITY, method=6)
    tell(f"Wrote {path.relative_to(ROOT)}")
