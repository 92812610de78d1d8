"""From a contact's message to its intent and passage on the CSM's screen.

A real socket writes, a real browser has the contact's escalation open, the demo's customers run.
"""

import csv
import json
import time
from argparse import ArgumentParser
from importlib import resources
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.percentiles import p50_p95
from vcsm.benchmark.road import CSM, stack_at
from vcsm.benchmark.struggle import StruggleFailed, open_console
from widget.protocol import SUBPROTOCOL

PATIENCE_SECONDS = 15.0
WARM_UP = 3
BETWEEN_MS = 2_000
"""A browser may say thirty things a minute; more are refused and would never appear."""

# Notes, at every frame the page draws, when the passage on a question first shows.
_WATCH = """
(() => {
  const seen = {}
  window.__understood = seen
  const look = () => {
    const passage = document.querySelector('[data-testid="suggestion"]')
    const question = passage?.dataset.question
    if (question && !seen[question] && passage.getClientRects().length) seen[question] = Date.now()
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""
_FIND = """
async (name) => {
  const answer = await fetch('/console/api/escalations?state=active&order=newest')
  const { rows } = await answer.json()
  return rows.find((row) => row.contact.name === name)?.id ?? null
}
"""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=at_least(1), default=40, help="messages to measure")
    parser.add_argument(
        "--url", help="a demo that runs already on this home; default: one of its own"
    )


def run(*, count: int, url: str | None) -> dict[str, object]:
    """Returns `{"message_to_screen": {"p50_ms", "p95_ms", "n"}}`; n counts those seen."""
    with stack_at(url) as stack:
        logins = json.loads((stack.home / "demo" / "logins.json").read_text())
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            console = open_console(browser, url=stack.url, username=CSM, password=logins[CSM])
            key = _demo_key(browser, url=stack.url)
            console.add_init_script(_WATCH)
            with _open_widget(stack.url, key) as socket:
                waits = _measure(socket, console, url=stack.url, texts=_questions(WARM_UP + count))
            browser.close()
    shown = [wait for wait in waits[WARM_UP:] if wait is not None]
    return {"message_to_screen": p50_p95(shown), "messages": count}


def _demo_key(browser: Browser, *, url: str) -> str:
    """Returns the widget key in the demo's page, as the stack's database is not ours to read."""
    page = browser.new_page()
    page.goto(f"{url}/demo/cards")
    key = page.locator("script[data-key]").get_attribute("data-key")
    page.close()
    if not key:
        raise StruggleFailed(f"{url}/demo/cards carries no widget.")
    return key


def _open_widget(url: str, key: str) -> ClientConnection:
    """Opens the socket of one contact, without a hello."""
    address = url.replace("http", "ws", 1) + f"/widget/socket?key={key}"
    # Nobody reads what arrives: a full queue would hold back the answers to its own pings.
    return connect(
        address,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        origin=Origin(url),
        max_queue=None,
        ping_interval=None,
    )


def _measure(
    socket: ClientConnection, console: Page, *, url: str, texts: list[str]
) -> list[float | None]:
    name = f"Reader {uuid4().hex[:8]}"
    hello = {
        "type": "hello",
        "session": str(uuid4()),
        "browser": str(uuid4()),
        "at": int(time.time() * 1000),
        "page": "/demo/cards",
        "identity": {"id": name, "name": name},
    }
    socket.send(json.dumps(hello))
    _say(socket, "I want to talk to a person")
    found = _wait(console, f"({_FIND})({json.dumps(name)})")
    if found is None:
        raise StruggleFailed("No escalation appeared for a contact who asked for a person.")
    console.goto(f"{url}/console/escalations/{found}")
    console.get_by_test_id("understood").wait_for()
    waits = []
    for text in texts:
        console.wait_for_timeout(BETWEEN_MS)
        said = _say(socket, text)
        shown = _wait(console, f"window.__understood[{json.dumps(text)}] ?? null")
        waits.append(None if shown is None else float(str(shown)) - said)
    return waits


def _say(socket: ClientConnection, text: str) -> float:
    """Sends the text; returns the moment, in milliseconds since the epoch."""
    at = time.time() * 1000
    socket.send(json.dumps({"type": "say", "id": uuid4().hex, "text": text}))
    return at


def _wait(page: Page, expression: str) -> object:
    """Returns the expression's first value that is not null; None when none came in time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found: object = page.evaluate(expression)
        if found is not None:
            return found
        page.wait_for_timeout(50)
    return None


def _questions(count: int) -> list[str]:
    file = resources.files("vcsm.demo.banking77") / "test.csv"
    with file.open(encoding="utf-8") as stream:
        rows = [row["text"] for row in csv.DictReader(stream)]
    return list(dict.fromkeys(rows[:: max(1, len(rows) // (count * 2))]))[:count]
