"""The queue with thousands of escalations, in a real browser against the real server.

`first_paint` runs from the navigation to the frame that shows the queue's rows, with nothing
cached. `interaction` runs from a key or click to the frame that shows what it did, read inside the
page. What needs the server first (`open`, `narrow`) is listed separately, up to the frame that
shows the answer.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.load.serving import Serving, Site, start_site
from vcsm.benchmark.percentiles import percentile

ROOT = Path(__file__).resolve().parents[2]
WARM_UP = 3
READ_MS = 700
"""How long a member looks at an opened escalation, at least, before going on to the next."""
MARKED = "document.querySelector('.row-marked')?.dataset.escalation ?? 'none'"
OPENED = "document.querySelector('[data-testid=escalation]')?.dataset.escalation"
"""Undefined while the escalation is being read: the frame that counts is yet to come."""
CHOSEN = "document.querySelector('[data-testid=bulk]')?.innerText ?? 'none'"
PALETTE = "String(document.querySelector('[data-testid=palette]')?.open)"
FIRST_ROW = "document.querySelector('[data-testid=queue-row]')?.dataset.escalation"
LISTED = f"{FIRST_ROW} && document.querySelector('.view[aria-current]').textContent"
"""The list that is shown, once it has rows; its name, because two lists may begin with one row."""

_WATCH = """
(() => {
  const seen = window.__console = { firstPaint: 0, waits: [] }
  // A frame has been shown once the next task after it runs.
  const painted = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => done(performance.now())
    port2.postMessage(0)
  })
  const first = () => document.querySelector('[data-testid="queue-row"]')
    ? painted((at) => { seen.firstPaint = at }) : requestAnimationFrame(first)
  requestAnimationFrame(first)
  let pending
  const begin = (event) => {
    if (!pending || pending.from) return
    pending.from = event.timeStamp
    look(pending)
  }
  const look = (mine) => requestAnimationFrame(() => {
    const now = mine.shows()
    // Nothing at all is a list on its way, not an answer.
    if (now && now !== mine.before) painted((at) => mine.done(at - mine.from))
    else look(mine)
  })
  for (const kind of ['keydown', 'pointerdown', 'wheel']) {
    addEventListener(kind, begin, { capture: true, passive: true })
  }
  // `shows`: its value changes with what the member sees.
  window.__watch = (shows) => {
    window.__answer = new Promise((done, failed) => {
      pending = { shows, before: shows(), from: 0, done }
      setTimeout(() => failed(new Error(`nothing changed in ten seconds: ${shows}`)), 10_000)
    })
  }
})()
"""

# Only through `evaluate`: the console's own policy forbids a page to evaluate text.
_FIRST_PAINT = """
new Promise((done) => {
  const look = () => window.__console.firstPaint
    ? done(window.__console.firstPaint) : requestAnimationFrame(look)
  look()
})
"""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=at_least(1), default=5_000, help="escalations not resolved")
    parser.add_argument("--loads", type=at_least(1), default=20, help="first views to measure")
    parser.add_argument("--times", type=at_least(1), default=40, help="of each interaction")


def run(*, count: int, loads: int, times: int) -> dict[str, object]:
    """Returns milliseconds: `first_paint_ms_p50`, `…_p95`, and the same of each other wait."""
    with start_site() as site:
        cookie = _fill(site, count)
        with site.serve() as serving, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            paints = [_first_paint(browser, serving, cookie) for _ in range(WARM_UP + loads)][
                WARM_UP:
            ]
            waits = _work(browser, serving, cookie, times)
            browser.close()
    found: dict[str, object] = {"escalations": count, "loads": loads}
    for name, values in {"first_paint": paints, **waits}.items():
        found[f"{name}_ms_p50"] = round(percentile(values, 0.5), 1)
        found[f"{name}_ms_p95"] = round(percentile(values, 0.95), 1)
        found[f"{name}_n"] = len(values)
    return found


def _fill(site: Site, count: int) -> str:
    """Fills the queue and returns the session cookie of a CSM who is signed in."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "vcsm.config.settings", **site.env}
    module = "vcsm.benchmark.console_fill"
    called = [sys.executable, "-m", module, str(count)]
    done = subprocess.run(called, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.split()[0]


def _signed_in(browser: Browser, serving: Serving, cookie: str) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    url = f"http://{serving.address}"
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])
    context.add_init_script(_WATCH)
    return context


def _first_paint(browser: Browser, serving: Serving, cookie: str) -> float:
    context = _signed_in(browser, serving, cookie)
    page = context.new_page()
    page.goto(f"http://{serving.address}/console/")
    at = float(page.evaluate(_FIRST_PAINT))
    context.close()
    return at


def _work(browser: Browser, serving: Serving, cookie: str, times: int) -> dict[str, list[float]]:
    """Does what a CSM does: goes through the list, chooses, scrolls, opens, narrows."""
    context = _signed_in(browser, serving, cookie)
    page = context.new_page()
    page.goto(f"http://{serving.address}/console/")
    page.get_by_test_id("queue-row").first.wait_for()
    _keys(page, ["j"], MARKED)
    at_once = []
    for _ in range(times):
        at_once += _keys(page, ["j", "j", "k"], MARKED)
        at_once += _keys(page, ["x"], CHOSEN)
    _keys(page, ["Escape"], CHOSEN)
    for _ in range(times):
        at_once.append(_scroll(page))
    for _ in range(times // 4):
        at_once += _keys(page, ["Control+k", "Escape"], PALETTE)
    opened = _keys(page, ["Enter"], OPENED)
    for _ in range(times):
        opened += _keys(page, ["j"], OPENED)
        page.wait_for_timeout(READ_MS)
    _keys(page, ["Escape"], "String(document.querySelector('.desk-open') === null)")
    narrowed = [_narrow(page, name) for _ in range(times // 4) for name in ("Mine", "Active")]
    context.close()
    return {"interaction": at_once, "open": opened, "narrow": narrowed}


def _keys(page: Page, keys: list[str], shows: str) -> list[float]:
    waits = []
    for key in keys:
        _watch(page, shows)
        page.keyboard.press(key)
        waits.append(float(page.evaluate("window.__answer")))
    return waits


def _watch(page: Page, shows: str) -> None:
    page.evaluate(f"window.__watch(() => {shows})")


def _scroll(page: Page) -> float:
    """Returns the time to the frame that shows rows which were not drawn before."""
    page.get_by_test_id("queue-rows").hover()
    _watch(page, FIRST_ROW)
    page.mouse.wheel(0, 900)
    wait = float(page.evaluate("window.__answer"))
    # The next piece is requested well before the end, and nobody scrolls on in the same instant.
    page.wait_for_timeout(150)
    return wait


def _narrow(page: Page, view: str) -> float:
    """Returns the time to the frame that shows the first row of another list."""
    _watch(page, LISTED)
    page.get_by_role("link", name=view).click()
    wait = float(page.evaluate("window.__answer"))
    page.get_by_test_id("queue-row").first.wait_for()
    return wait
