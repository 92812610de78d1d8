"""The rail on low windows: nothing of it is below the edge, and its menu is whole."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import sign_in, watched
from tests.cast import Cast
from tests.stack import Stack

pytestmark = pytest.mark.browser
WINDOWS = ((1280, 800), (1280, 600), (844, 390), (390, 844), (320, 256))
"""Two laptops, a phone held either way, and 1280 × 1024 zoomed to 400 %."""


def is_whole(page: Page, selector: str) -> bool:
    """Whether every corner of it is in the window, and nothing lies over its middle."""
    return bool(
        page.locator(selector).evaluate(
            """one => {
              const { left, top, right, bottom } = one.getBoundingClientRect()
              const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
              const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
              return inside && bottom - top >= 24 && one.contains(middle)
            }"""
        )
    )


def test_the_members_menu_is_whole(browser: Browser, stack: Stack, live_cast: Cast) -> None:
    context = browser.new_context()
    page, problems = watched(context)
    sign_in(page, stack, live_cast.alice.user.username)
    menu = page.get_by_label("Signed in as Alice")
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        assert is_whole(page, ".rail-me summary"), (width, height)
        menu.click()
        for part in (".rail-menu p", "[data-testid=sign-out]"):
            page.locator(part).scroll_into_view_if_needed()
            assert is_whole(page, part), (width, height, part)
        menu.press("Escape")
    page.set_viewport_size({"width": 1280, "height": 600})
    expect(page.locator(".rail-links")).to_have_js_property("scrollTop", 0)
    rail = "document.querySelector('.rail-links')"
    assert page.evaluate(f"{rail}.scrollHeight <= {rail}.clientHeight"), "links have to be scrolled"
    page.get_by_label("Signed in as Alice").click()
    page.get_by_test_id("sign-out").click()
    expect(page).to_have_url(re.compile("/console/login"))
    context.close()
    assert problems == []
