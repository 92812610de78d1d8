"""From the last click of a struggle to help in the page, and to the CSM's screen.

Measured with a real browser on the demo page and in the console, while the demo's customers run.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from playwright.sync_api import sync_playwright

from vcsm.benchmark.amounts import at_least
from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.own_stack import OwnStack, start_own_stack
from vcsm.benchmark.percentiles import p50_p95
from vcsm.benchmark.struggle import Waits, open_console, struggle_once

CSM = "alice@northbank.example"
WARM_UP = 3
"""Uncounted struggles at first: each worker process reads its model for its first contact."""


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=at_least(1), default=24, help="struggles to measure")
    parser.add_argument(
        "--url", help="a demo that runs already on this home; default: one of its own"
    )


def run(*, count: int, url: str | None) -> dict[str, object]:
    """Returns `{"nudge": {"p50_ms", "p95_ms", "n"}, "escalation": {…}}`; n counts those seen."""
    with stack_at(url) as stack:
        waits = measure(stack, count=count)
    return {
        "nudge": p50_p95([wait.nudge for wait in waits if wait.nudge is not None]),
        "escalation": p50_p95([wait.escalation for wait in waits if wait.escalation is not None]),
        "struggles": count,
    }


def measure(stack: OwnStack, *, count: int) -> list[Waits]:
    """Plays one struggle after the other, each by a new contact in a new browser context."""
    logins = json.loads((stack.home / "demo" / "logins.json").read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        console = open_console(browser, url=stack.url, username=CSM, password=logins[CSM])
        first = console.evaluate("Date.now()")
        waits = [
            struggle_once(browser, console, url=stack.url, guest=f"guest-{first + number}")
            for number in range(WARM_UP + count)
        ]
        browser.close()
    return waits[WARM_UP:]


@contextmanager
def stack_at(url: str | None) -> Iterator[OwnStack]:
    """Yields the demo at `url`, on this home; where none is given, starts a stack for this."""
    if url:
        yield OwnStack(url=url.rstrip("/"), home=Path(settings.HOME))
        return
    with start_own_stack() as stack:
        yield stack
