"""The widget under a content policy that relaxes nothing but `script-src` and `connect-src`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.host_page import HostSite, host_site, strict_policy
from tests.cast import Cast
from tests.stack import Stack
from vcsm.conversations.models import Message, Nudge

VIOLATIONS = """
window.violations = []
addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(event.violatedDirective + ' ' + event.blockedURI))
"""


@pytest.fixture
def site(stack: Stack, live_cast: Cast, committed: None) -> Iterator[HostSite]:
    with host_site(stack, live_cast.key.key) as running:
        running.policy = strict_policy(stack.origin)
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(VIOLATIONS)
    yield page
    context.close()


def test_it_works(site: HostSite, page: Page, live_cast: Cast) -> None:
    site.open(page)
    page.wait_for_load_state("networkidle")  # what watches clicks comes when the page is idle
    for _ in range(6):
        page.locator("[data-testid=pay]").click(delay=60)
    page.locator("[data-vcsm=nudge]").wait_for()
    page.locator("[data-vcsm=nudge-person]").click()
    # The first answer of a run waits for the worker to load its model.
    answer = page.locator("[data-vcsm=message][data-author=assistant]").last
    expect(answer).to_contain_text("Alice")

    assert page.evaluate("window.violations") == []
    assert site.troubles == []
    nudge = Nudge.objects.get(workspace=live_cast.acme)
    assert nudge.state == Nudge.State.ACCEPTED
    assert Message.objects.filter(workspace=live_cast.acme, author="contact").count() == 1


def test_the_policy_really_bites(site: HostSite, page: Page) -> None:
    site.open(page)
    page.locator("[data-vcsm=launcher]").wait_for()
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("window.violations.length > 0")


def test_what_others_write_is_text_and_nothing_else(
    site: HostSite, page: Page, live_cast: Cast
) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(1)</script> \u202egnp.exe"
    site.open(page)
    page.locator("[data-vcsm=launcher]").click()
    page.locator("[data-vcsm=composer]").fill(evil)
    page.locator("[data-vcsm=send]").click()
    mine = page.locator("[data-vcsm=message][data-author=contact]")
    expect(mine).to_have_attribute("data-state", "stored")
    assert mine.locator(".words").inner_text() == evil
    assert page.evaluate("window.violations") == []
    assert Message.objects.get(workspace=live_cast.acme, author="contact").text == evil
