"""A real browser that struggles on the demo's broken button, and a console that looks on.

All times are read inside the pages, from this machine's one clock, so they contain no driver's
delay. The count begins when the page's ledger judged the struggle: at the time that the struggle's
first burst or verdict carries on the wire.
"""

import json
import re
import time
from dataclasses import dataclass

from django.core.management.base import CommandError
from playwright.sync_api import Browser, BrowserContext, Page

CLICKS = 5
CLICK_GAP_MS = 130
QUIET_MS = 2_600
"""Wait after the first struggle, until its last click's own verdict has arrived too."""
PATIENCE_MS = 15_000

_WATCH_PAGE = """
(() => {
  const seen = { judged: [], ready: false, nudge: 0 }
  window.__road = seen
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (frame) {
    if (typeof frame === 'string' && frame.startsWith('{')) {
      const { type, events } = JSON.parse(frame)
      for (const event of type === 'events' ? events : []) {
        seen.ready = true  // the first is the page's own: capture runs
        if (event.type === 'burst' || event.type === 'verdict') {
          seen.judged.push({ at: event.at, verdict: event.verdict })
        }
      }
    }
    return send.call(this, frame)
  }
  const look = () => {
    const root = document.querySelector('vcsm-widget')?.shadowRoot
    const card = root?.querySelector('[data-vcsm="nudge"]')
    if (!seen.nudge && card?.getClientRects().length) seen.nudge = Date.now()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""

_WATCH_CONSOLE = """
(() => {
  const seen = {}
  window.__road = seen
  const look = () => {
    for (const row of document.querySelectorAll('[data-testid="queue-row"]')) {
      const name = row.querySelector('strong')?.textContent
      if (name && !seen[name] && row.getClientRects().length) seen[name] = Date.now()
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""


@dataclass(frozen=True)
class Waits:
    """Milliseconds from judged to visible; None when it did not appear within `PATIENCE_MS`."""

    nudge: float | None
    escalation: float | None


class StruggleFailed(CommandError):
    """The page or the console did not do what a measurement needs; the message says what."""


def open_console(browser: Browser, *, url: str, username: str, password: str) -> Page:
    """Opens a logged-in console, newest escalation first, that notes when each row appears."""
    page = browser.new_context().new_page()
    page.add_init_script(_WATCH_CONSOLE)
    page.goto(f"{url}/console/login")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/console/$"))
    page.goto(f"{url}/console/?order=newest")
    page.get_by_test_id("queue-rows").wait_for()
    return page


def struggle_once(browser: Browser, console: Page, *, url: str, guest: str) -> Waits:
    """Lets one guest rage at Export, be offered help, rage on, and appear in the console."""
    context = browser.new_context()
    try:
        return _struggle(context, console, url=url, guest=guest)
    finally:
        context.close()


def _struggle(context: BrowserContext, console: Page, *, url: str, guest: str) -> Waits:
    page = context.new_page()
    page.add_init_script(_WATCH_PAGE)
    page.goto(f"{url}/demo/statements?as={guest}")
    if _wait(page, "window.__road.ready ? 1 : null") is None:
        raise StruggleFailed("The widget captures nothing on the demo page.")
    page.wait_for_timeout(500)  # nobody rages at once

    judged = _rage(page)
    shown = _wait(page, "window.__road.nudge || null")
    if shown is None:
        return Waits(nudge=None, escalation=None)

    page.wait_for_timeout(QUIET_MS)
    judged_again = _rage(page)
    name = guest.replace("-", " ").capitalize()
    row = _wait(console, f"window.__road[{json.dumps(name)}] || null")
    return Waits(nudge=shown - judged, escalation=None if row is None else row - judged_again)


def _rage(page: Page) -> float:
    """Clicks fast; returns the time at which the first burst or verdict of it was judged."""
    before = page.evaluate("window.__road.judged.length")
    box = page.get_by_test_id("export-statement").bounding_box()
    if box is None:
        raise StruggleFailed("The demo page shows no Export button.")
    for _ in range(CLICKS):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(CLICK_GAP_MS)
    judged = _wait(page, f"window.__road.judged[{before}]?.at ?? null")
    if judged is None:
        raise StruggleFailed("The widget judged none of the clicks on Export.")
    return judged


def _wait(page: Page, expression: str) -> float | None:
    """Returns the expression's first value that is not null; None after `PATIENCE_MS`.

    It asks again and again, because Playwright's own waiting evaluates text inside the page, which
    the page's policy rightly refuses.
    """
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        found = page.evaluate(expression)
        if found is not None:
            return float(found)
        page.wait_for_timeout(50)
    return None
