"""The digest on a phone: however a page names things, the numbers stay in sight."""

import pytest
from playwright.sync_api import Browser

from tests.browser.console_page import elsewhere
from tests.cast import Cast
from tests.reports.test_digest import digest_of
from vcsm.reports.digest.words import write_html

pytestmark = pytest.mark.browser


def test_it_works(browser: Browser, live_cast: Cast) -> None:
    digest = elsewhere(lambda: digest_of(live_cast, name="W" * 120))
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.set_content(write_html(digest, pictures={}))

    assert "W" * 120 in page.inner_text("table")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
