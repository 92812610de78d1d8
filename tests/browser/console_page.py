"""A member's page of the console, and what tests of it share."""

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
    """The console of a member who has signed in; what it threw or was refused fails at the end."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page, problems = watched(context)
    sign_in(page, stack, username)
    yield page
    context.close()
    assert problems == []


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and what it threw, said in dialogs, and was refused by its policy."""
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
    """Runs in a thread of its own: in the driver's, where a loop runs, Django cannot publish."""

    def run() -> T:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()
