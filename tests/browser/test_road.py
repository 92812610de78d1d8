"""The whole road in real browsers: Vera struggles in the demo bank, Alice takes over."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.stack import Stack
from vcsm.escalation.models import Escalation

CSM = "alice@northbank.example"


def widget_part(page: Page, name: str) -> Locator:
    return page.locator(f"vcsm-widget [data-vcsm={name}]")


def sign_in(browser: Browser, stack: Stack, logins: dict[str, str]) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(f"{stack.origin}/console/login")
    page.fill("#id_username", CSM)
    page.fill("#id_password", logins[CSM])
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/console/$"))
    page.get_by_test_id("queue-rows").or_(page.get_by_text("Nothing", exact=False)).first.wait_for()
    return page


def rage_at_export(page: Page) -> None:
    box = page.get_by_test_id("export-statement").bounding_box()
    assert box is not None
    for _ in range(5):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(120)


def say(page: Page, text: str) -> None:
    widget_part(page, "composer").fill(text)
    widget_part(page, "send").click()


def ask_and_be_answered(vera: Page) -> None:
    widget_part(vera, "launcher").click()
    widget_part(vera, "panel").wait_for()
    say(vera, "I made a bank transfer but my balance has not been updated yet")
    answer = widget_part(vera, "message").and_(vera.locator("[data-author=assistant]")).first
    expect(answer).to_be_visible()
    widget_part(vera, "close").click()


def struggle_in_spite_of_help(vera: Page) -> None:
    rage_at_export(vera)
    expect(widget_part(vera, "nudge")).to_be_visible()
    vera.wait_for_timeout(500)
    rage_at_export(vera)


def open_escalation_of_vera(console: Page) -> None:
    """It comes by itself: nobody reloads."""
    row = console.get_by_test_id("queue-row").filter(has_text="Vera")
    fresh = console.get_by_test_id("show-new")
    expect(row.or_(fresh).first).to_be_visible()
    if fresh.is_visible():
        fresh.click()
    row.click()
    expect(console.get_by_test_id("escalation-element")).to_contain_text("export")
    expect(console.get_by_test_id("escalation-page")).to_contain_text("/demo/statements")
    expect(console.get_by_test_id("escalation-account")).to_contain_text("Kestrel Coffee")
    expect(console.get_by_test_id("intent")).to_contain_text(
        "Balance not updated after bank transfer", ignore_case=True
    )


def take_over_and_talk(console: Page, vera: Page) -> None:
    console.get_by_test_id("take-over").click()
    console.get_by_test_id("composer-input").fill("Hello Vera, I have your statement here.")
    console.get_by_test_id("composer-send").click()
    widget_part(vera, "launcher").click()
    log = widget_part(vera, "log")
    expect(log).to_contain_text("Hello Vera, I have your statement here.")
    say(vera, "Wonderful, thank you!")
    chat = console.get_by_test_id("chat-log")
    expect(chat).to_contain_text("Wonderful, thank you!")


def give_verdict(console: Page) -> None:
    console.get_by_test_id("resolve").click()
    expect(console.get_by_test_id("verdict")).to_be_visible()
    for answer in ("done-yes", "worked-yes", "false-alarm-no"):
        console.get_by_test_id(f"verdict-{answer}").check(force=True)
    console.get_by_test_id("verdict-save").click()
    expect(console.get_by_test_id("verdict-given")).to_be_visible()


@pytest.mark.browser
def test_it_works(browser: Browser, stack: Stack, logins: dict[str, str], committed: None) -> None:
    console = sign_in(browser, stack, logins)
    vera = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    vera.goto(f"{stack.origin}/demo/statements?as=vera")
    ask_and_be_answered(vera)
    struggle_in_spite_of_help(vera)
    open_escalation_of_vera(console)
    take_over_and_talk(console, vera)
    give_verdict(console)
    escalation = Escalation.objects.get(workspace__slug="northbank", contact__external_id="vera")
    assert escalation.state == Escalation.State.RESOLVED
    assert (escalation.verdict.done, escalation.verdict.worked) == (True, True)
    assert escalation.verdict.false_alarm is False
