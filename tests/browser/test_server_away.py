"""The server goes away in the middle of a form: it is said, and what was typed is still there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.console_page import elsewhere, member_page
from tests.browser.test_console import row
from tests.cast import Cast
from tests.console.scene import Scene, make_scene
from tests.stack import Stack
from vcsm.escalation.models import Escalation
from vcsm.success.models import Promise

CHANGES = re.compile(r"/console/api/")
AWAY = "The server did not answer."


@pytest.fixture
def scene(live_cast: Cast, committed: None) -> Scene:
    return elsewhere(lambda: make_scene(live_cast))


@pytest.fixture
def bob(browser: Browser, stack: Stack, scene: Scene) -> Iterator[Page]:
    with member_page(browser, stack, scene.cast.bob.user.username) as page:
        yield page


class Server:
    """What the page posts does not arrive while it is away."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self) -> None:
        self.page.route(CHANGES, self._drop)

    def come_back(self) -> None:
        self.page.unroute(CHANGES)

    def _drop(self, route: Any) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()


def tried(page: Page, save: Locator, field: Locator, text: str) -> None:
    """Written and sent twice: into nothing, which is said, and then as it stands."""
    server = Server(page)
    field.fill(text)
    server.go()
    save.click()
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(field).to_have_value(text)
    server.come_back()
    save.click()


def test_at_the_queue(bob: Page, stack: Stack, scene: Scene) -> None:
    expect(row(bob, scene.escalation)).to_be_visible()
    bob.get_by_test_id("views").click()
    name = bob.get_by_test_id("view-name")
    tried(bob, bob.get_by_test_id("view-save"), name, "Monday")
    expect(bob.get_by_test_id("saved-view")).to_have_text("Monday")
    expect(name).to_have_value("")
    bob.get_by_test_id("views").click()

    bob.keyboard.press("j")
    bob.keyboard.press("s")
    reason = bob.get_by_test_id("snooze-reason")
    tried(bob, bob.get_by_test_id("snooze-save"), reason, "They answer tomorrow")
    expect(bob.get_by_test_id("snooze-form")).to_have_count(0)
    assert Escalation.objects.get(pk=scene.escalation.pk).snoozed_until is not None


def test_at_an_escalation(bob: Page, stack: Stack, scene: Scene) -> None:
    bob.goto(f"{stack.origin}/console/escalations/{scene.escalation.pk}")
    promise = bob.get_by_test_id("promise-text")
    tried(bob, bob.get_by_test_id("promise-make"), promise, "Send the template")
    expect(promise).to_have_value("")
    assert Promise.objects.get(contact=scene.cast.vera).text == "Send the template"


def test_at_the_guardrails(bob: Page, stack: Stack, scene: Scene) -> None:
    bob.goto(f"{stack.origin}/console/guardrails")
    bob.get_by_test_id("stop-everything").click()
    tried(bob, bob.get_by_test_id("confirm"), bob.get_by_test_id("why"), "It says odd things")
    expect(bob.get_by_test_id("everything")).to_contain_text("It says odd things")
