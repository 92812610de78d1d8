"""A member's own account in the browser, from the menu to the sign-in with the new password."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import elsewhere, member_page, sign_in, watched
from tests.browser.test_setup_rooms import axe_clean
from tests.cast import PASSWORD
from tests.console.scene import Scene
from tests.stack import Stack
from vcsm.escalation.broadcast import escalation_changed
from vcsm.escalation.models import Escalation

pytestmark = pytest.mark.browser
NEW = "quite another horse battery"


def change(page: Page, current: str, new: str) -> None:
    page.get_by_label("Current password").fill(current)
    page.get_by_label("New password").fill(new)
    page.get_by_role("button", name="Change the password").click()


def test_a_password_is_changed_by_the_keyboard(
    alice: Page, browser: Browser, stack: Stack, scene: Scene
) -> None:
    with member_page(browser, stack, scene.cast.alice.user.username) as elsewhere_too:
        alice.get_by_label("Signed in as Alice").press("Enter")
        alice.get_by_test_id("your-account").press("Enter")
        expect(alice).to_have_url(f"{stack.origin}/console/you")
        expect(alice.get_by_test_id("sign-out")).to_be_hidden()
        expect(alice.get_by_test_id("own-browser")).to_have_count(2)
        axe_clean(alice, "your account")
        change(alice, "wrong", NEW)
        expect(alice.get_by_role("alert")).to_have_text("This is not your current password.")
        expect(alice.get_by_label("New password")).to_have_value(NEW)
        change(alice, PASSWORD, "seven77")
        expect(alice.get_by_test_id("strength")).to_contain_text("One character more")
        expect(alice.get_by_role("alert")).to_contain_text("too short")
        axe_clean(alice, "a password refused")
        field = alice.get_by_label("New password")
        expect(field).to_have_attribute("type", "password")
        alice.get_by_role("button", name="Show what I type").press("Enter")
        expect(field).to_have_attribute("type", "text")
        field.fill(NEW)
        expect(alice.get_by_test_id("strength")).to_contain_text("Hard to guess")
        field.press("Enter")
        expect(
            alice.get_by_role("status").filter(has_text="signed out everywhere else")
        ).to_be_visible()
        expect(field).to_have_value("")
        expect(alice.get_by_test_id("own-browser")).to_have_count(1)
        # The other browser is told at once, though it asks for nothing.
        expect(elsewhere_too.get_by_test_id("signed-out")).to_have_attribute("data-left", "false")
    # This one goes on, and hears of what happens.
    alice.get_by_role("link", name="Queue").click()
    expect(alice.get_by_test_id("queue-row")).to_have_count(1)
    Escalation.objects.filter(pk=scene.escalation.pk).update(summary="Heard of since")
    expect(alice.get_by_test_id("offline")).to_have_count(0)
    expect(alice.get_by_test_id("signed-out")).to_have_count(0)
    elsewhere(lambda: escalation_changed(Escalation.objects.get(pk=scene.escalation.pk)))
    expect(alice.get_by_test_id("queue-row")).to_contain_text("Heard of since")


def test_signing_out_everywhere_else(
    alice: Page, browser: Browser, stack: Stack, scene: Scene
) -> None:
    with member_page(browser, stack, scene.cast.alice.user.username) as other:
        alice.goto(f"{stack.origin}/console/you")
        alice.get_by_role("button", name="Sign out everywhere else").click()
        expect(alice.get_by_text("You are signed in here only.")).to_be_visible()
        expect(alice.get_by_test_id("own-browser")).to_have_count(1)
        other.get_by_test_id("sign-in-again").click()
        expect(other).to_have_url(re.compile("/console/login"))


BETWEEN_MARK_AND_NAME = """() => {
  const mark = document.querySelector('.login-brand img')
  const name = document.createRange()
  name.selectNode(mark.nextSibling)
  return name.getBoundingClientRect().left - mark.getBoundingClientRect().right
}"""
"""Pixels between the product's mark and its name beside it."""


def test_a_forgotten_password_where_no_mail_is_sent(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 568})
    page, problems = watched(context)
    page.goto(f"{stack.origin}/console/login")
    page.get_by_role("link", name="Forgotten your password?").click()
    expect(page.locator("code")).to_have_text("manage.py changepassword")
    axe_clean(page, "forgotten")
    assert 0 < page.evaluate(BETWEEN_MARK_AND_NAME) < 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Back to signing in").click()
    expect(page.get_by_label("Password")).to_be_visible()
    context.close()
    assert problems == []


def test_your_account_on_a_narrow_window(browser: Browser, stack: Stack, scene: Scene) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 568}, color_scheme="dark", has_touch=True
    )
    page, problems = watched(context)
    sign_in(page, stack, scene.cast.alice.user.username)
    page.goto(f"{stack.origin}/console/you")
    expect(page.get_by_test_id("own-browser")).to_have_count(1)
    axe_clean(page, "your account, dark and narrow")
    main = "document.querySelector('main')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    context.close()
    assert problems == []
