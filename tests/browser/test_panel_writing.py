"""What a contact is writing is not lost: the panel is closed, the line is cut in a picture."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.host_page import HostSite, Wire
from tests.browser.panel_scene import COMPOSER, LAUNCHER, READY
from tests.browser.test_panel_hostile import picture
from tests.cast import Cast
from vcsm.conversations.models import Message

pytestmark = pytest.mark.browser
DRAFT = "[data-vcsm=drafts] .draft"


def reopened(page: Page) -> None:
    page.locator("[data-vcsm=close]").click()
    expect(page.locator(COMPOSER)).to_have_count(0)
    page.locator(LAUNCHER).click()


def until(page: Page, state: str) -> None:
    """By the page's clock: between its tries it waits for seconds."""
    for _ in range(200):
        if page.locator(f"{DRAFT}[data-state={state}]").count():
            return
        page.clock.fast_forward(1_000)
        page.wait_for_timeout(50)
    raise AssertionError(page.locator(DRAFT).evaluate_all("all => all.map(one => one.outerHTML)"))


def test_it_works(site: HostSite, context: BrowserContext, live_cast: Cast, wire: Wire) -> None:
    page = context.new_page()
    page.clock.install()
    site.open(page)
    page.evaluate(READY)
    page.locator(LAUNCHER).click()
    page.locator(COMPOSER).fill("It looks like this")
    reopened(page)
    expect(page.locator(COMPOSER)).to_have_value("It looks like this")

    wire.cut()
    page.locator("[data-vcsm=file]").set_input_files(
        [{"name": "shot.png", "mimeType": "image/png", "buffer": picture()}]
    )
    until(page, "lost")
    reopened(page)
    retry = page.locator("[data-vcsm=retry-file]")
    box = retry.bounding_box()
    assert box is not None and box["height"] >= 24
    wire.mend()
    retry.click()
    until(page, "kept")
    page.locator("[data-vcsm=send]").click()
    expect(page.locator(COMPOSER)).to_have_value("")
    expect(page.locator(DRAFT)).to_have_count(0)
    stored = page.locator("[data-vcsm=message][data-author=contact][data-state=stored]")
    for _ in range(200):
        if stored.count():
            break
        page.clock.fast_forward(1_000)
        page.wait_for_timeout(50)
    message = Message.objects.get(workspace=live_cast.acme, author="contact")
    assert message.text == "It looks like this"
    assert [one.name for one in message.attachments.all()] == ["shot.png"]


def test_a_message_that_goes_without_a_lost_picture_leaves_it_there(
    site: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    page.clock.install()
    site.open(page)
    page.evaluate(READY)
    page.locator(LAUNCHER).click()
    page.route("**/widget/file**", lambda route: route.abort())
    page.locator("[data-vcsm=file]").set_input_files(
        [{"name": "shot.png", "mimeType": "image/png", "buffer": picture()}]
    )
    until(page, "lost")
    page.locator(COMPOSER).fill("Without it")
    page.keyboard.press("Enter")
    expect(page.locator("[data-vcsm=message][data-author=contact]")).to_have_count(1)
    expect(page.locator(f"{DRAFT}[data-state=lost]")).to_have_count(1)
    page.unroute("**/widget/file**")
    page.locator("[data-vcsm=retry-file]").click()
    until(page, "kept")
