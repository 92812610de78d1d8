"""A contact asks in the panel that their data be erased; a member hands it out, and erases it."""

import json

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.console_page import member_page
from tests.browser.host_page import HostSite
from tests.browser.panel_scene import READY, open_panel
from tests.cast import Cast
from tests.stack import Stack
from vcsm.accounts.models import Contact
from vcsm.escalation.models import Escalation


def ask_in_the_panel(site: HostSite, page: Page) -> None:
    site.open(page)
    page.evaluate(READY)
    open_panel(page)
    page.locator("[data-vcsm=beliefs]").click()
    page.locator("[data-vcsm=ask-erase]").click()
    said = page.locator("[data-vcsm=message][data-author=contact]")
    expect(said).to_contain_text("Please erase all the personal data")


def called_for(cast: Cast, page: Page) -> Escalation:
    """A real worker has decided that this is a person's."""
    for _ in range(300):
        found = Escalation.objects.filter(workspace=cast.acme, contact=cast.vera).first()
        if found:
            return found
        page.wait_for_timeout(100)
    raise AssertionError("no person was called")


def test_it_works(
    site: HostSite, context: BrowserContext, browser: Browser, stack: Stack, live_cast: Cast
) -> None:
    page = context.new_page()
    ask_in_the_panel(site, page)
    escalation = called_for(live_cast, page)
    assert escalation.reason == "matter"
    address = f"{stack.origin}/console/escalations/{escalation.pk}"
    with (
        member_page(browser, stack, live_cast.alice.user.username) as alice,
        member_page(browser, stack, live_cast.bob.user.username) as bob,
    ):
        for member in (alice, bob):
            member.goto(address)
            expect(member.get_by_test_id("their-data")).to_be_visible()
        expect(alice.get_by_role("button", name="Erase it …")).to_have_count(0)
        with bob.expect_download() as download:
            bob.get_by_role("link", name="Download it").click()
        told = json.loads(download.value.path().read_text())
        said = [one["text"] for one in told["conversations.message"]]
        assert any("erase all the personal data" in text for text in said)

        bob.get_by_role("button", name="Erase it …").click()
        bob.get_by_test_id("erase-contact").click()

        bob.wait_for_url(f"{stack.origin}/console/")
        for member in (alice, bob):
            row = member.locator(f'[data-escalation="{escalation.pk}"][data-testid=queue-row]')
            expect(row).to_have_count(0)
        expect(alice.get_by_text("There is no such escalation")).to_be_visible()
    assert not Contact.objects.filter(pk=live_cast.vera.pk).exists()
