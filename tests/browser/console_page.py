"""A member's page of the console, and what its tests share."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import PASSWORD
from tests.stack import ROOT, Stack

T = TypeVar("T")
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@contextmanager
def member_page(
    browser: Browser, stack: Stack, username: str, *, width: int = 1440
) -> Iterator[Page]:
    """Opens the console of a member who has signed in. Fails at the end if the page threw an error,
    opened a dialog, or had something refused by its content policy."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, problems = watched(context)
    sign_in(page, stack, username)
    yield page
    context.close()
    assert problems == []


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """Returns a page and the list of its errors, dialogs and content policy refusals."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: (problems.append(dialog.message), dialog.dismiss()))
    page.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security" in line.text else None,
    )
    return page, problems


def sign_in(page: Page, stack: Stack, username: str) -> None:
    page.goto(f"{stack.origin}/console/login")
    page.get_by_label("Name").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/console/$"))


def elsewhere(act: Callable[[], T]) -> T:
    """Runs `act` in a thread of its own, because Django cannot publish in the driver's thread,
    where an event loop runs."""

    def run() -> T:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()
