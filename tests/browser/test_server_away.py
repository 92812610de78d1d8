"""The server goes away in the middle of a form: it is said, and what was typed is still there."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.console_page import elsewhere, member_page, sign_in, watched
from tests.browser.test_console import row
from tests.cast import Cast
from tests.console.scene import Scene, make_scene
from tests.stack import Stack
from vcsm.conversations.models import Message
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


@contextmanager
def standing_still(stack: Stack) -> Iterator[None]:
    """The web server takes connections and answers none: as where a disk hangs."""
    web = stack.children["web"].process.pid
    os.kill(web, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(web, signal.SIGCONT)


def test_a_server_that_stands_still_is_said_and_what_was_sent_arrives_once(
    browser: Browser, stack: Stack, scene: Scene
) -> None:
    context = browser.new_context()
    page, problems = watched(context)
    page.clock.install()
    sign_in(page, stack, scene.cast.alice.user.username)
    row(page, scene.escalation).click()
    page.get_by_test_id("take-over").click()
    expect(page.get_by_test_id("hand-back")).to_be_visible()
    field, late = page.get_by_test_id("composer-input"), page.get_by_test_id("late")
    field.fill("Half a sent")
    where = field.bounding_box()
    with standing_still(stack):
        field.press("Enter")
        expect(page.get_by_test_id("draft")).to_contain_text("Sending")
        field.fill("and the next one")
        expect(late).to_have_count(0)
        page.clock.fast_forward("00:06")
        expect(late).to_contain_text("Nothing is lost")
        assert field.bounding_box() == where, "the word moved what is under the hand"
        expect(field).to_have_value("and the next one")
    expect(late).to_have_count(0)
    expect(page.get_by_test_id("draft")).to_have_count(0)
    expect(field).to_have_value("and the next one")
    assert Message.objects.filter(text="Half a sent").count() == 1
    context.close()
    assert problems == []


def test_a_page_that_could_not_be_read_is_read_when_the_network_is_back(
    bob: Page, stack: Stack, scene: Scene
) -> None:
    bob.get_by_role("link", name="Accounts").click()
    expect(bob.get_by_test_id("account-row")).to_have_count(1)
    bob.context.set_offline(True)
    expect(bob.get_by_test_id("offline")).to_contain_text("what you write stays here")
    bob.get_by_test_id("account-row").get_by_role("link").first.click()
    expect(bob.get_by_text(AWAY)).to_be_visible()
    bob.context.set_offline(False)
    expect(bob.get_by_test_id("account-facts")).to_be_visible()
    expect(bob.get_by_test_id("offline")).to_have_count(0)


def test_an_answer_that_is_lost_makes_no_second_note(bob: Page, stack: Stack, scene: Scene) -> None:
    bob.goto(f"{stack.origin}/console/escalations/{scene.escalation.pk}")
    lost: list[int] = []

    def lose(route: Any) -> None:
        lost.append(route.fetch().status)
        route.abort()

    bob.get_by_test_id("note-open").click()
    bob.get_by_test_id("note-input").fill("They call back on Monday")
    bob.route("**/notes", lose)
    bob.get_by_test_id("note-save").click()
    expect(bob.get_by_text(AWAY)).to_be_visible()
    assert lost == [200]
    expect(bob.get_by_test_id("note-input")).to_have_value("They call back on Monday")
    bob.unroute("**/notes")
    bob.get_by_test_id("note-save").click()
    expect(bob.get_by_test_id("note-input")).to_have_count(0)
    expect(bob.get_by_test_id("note")).to_have_count(1)
