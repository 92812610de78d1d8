"""Waiting for something to appear in the database or in a page, however busy the machine is."""

from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from playwright.sync_api import Page

T = TypeVar("T")
SECONDS = 30


def until(page: Page, look: Callable[[], T]) -> T:
    """Calls `look` repeatedly, while the page goes on, and returns its first true result."""
    deadline = monotonic() + SECONDS
    while not (found := look()):
        assert monotonic() < deadline, "it never came about"
        page.wait_for_timeout(50)
    return found
