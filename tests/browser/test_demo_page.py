"""The demo page in a real browser: what works, what is broken on purpose, how both are named."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser.patience import until
from tests.stack import Stack
from vcsm.demo.customers.controls import CONTROLS, control

pytestmark = pytest.mark.browser


def open_page(browser: Browser, stack: Stack, path: str, sent: list[dict[str, Any]]) -> Page:
    """The page as a guest; `sent` fills with the events that its widget sends."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.on("websocket", lambda socket: listen(socket, sent))
    page.goto(f"{stack.origin}/demo/{path}?as=guest-page")
    page.locator("vcsm-widget").wait_for(state="attached")
    page.wait_for_timeout(500)
    return page


def listen(socket: WebSocket, sent: list[dict[str, Any]]) -> None:
    def note(frame: str | bytes) -> None:
        sent.extend(json.loads(frame).get("events", []))

    socket.on("framesent", note)


def test_simulated_customers_name_controls_as_the_widget_does(
    browser: Browser, stack: Stack, logins: dict[str, str]
) -> None:
    sent: list[dict[str, Any]] = []
    page = open_page(browser, stack, "", sent)

    def press(*names: str) -> None:
        for name in names:
            page.get_by_test_id(name).first.click()

    press("nav-overview", "filter-payments", "nav-transfers", "pick-date", "month-after", "day")
    for field in ("recipient", "iban", "reference"):
        page.get_by_test_id(field).fill("12")
    page.get_by_test_id("amount").fill("12.5")
    press("confirm-transfer")
    expect(page.locator(".toast")).to_have_text("Sent.")
    press("nav-cards", "freeze-card", "more-cards", "order-cards")
    press("nav-statements", "statement-account", "statement-month", "email-statement")
    press("export-statement", "nav-exchange", "get-quote", "nav-help")

    def said() -> dict[str, str]:
        elements = [event["element"] for event in sent if event.get("element")]
        return {element["id"]: element["name"] for element in elements}

    until(page, lambda: {control(name).id for name in CONTROLS} <= set(said()))
    named = said()
    for name in CONTROLS:
        expected = control(name)
        assert named.get(expected.id) == expected.name, f"{name}: {sorted(named.values())}"


def test_export_does_nothing_and_all_else_answers(
    browser: Browser, stack: Stack, logins: dict[str, str]
) -> None:
    sent: list[dict[str, Any]] = []
    page = open_page(browser, stack, "statements", sent)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name in ("email-statement", "nav-cards", "more-cards", "more-cards", "freeze-card"):
        page.get_by_test_id(name).click()
        page.wait_for_timeout(150)
    page.get_by_test_id("nav-statements").click()
    page.get_by_test_id("export-statement").click()
    until(page, lambda: any(event["type"] == "verdict" for event in sent))
    page.wait_for_timeout(500)  # one too many would be sent by now
    unanswered = [event for event in sent if event["type"] == "verdict"]
    assert [(event["verdict"], event["element"]["name"]) for event in unanswered] == [
        ("dead", "button export-statement")
    ]
    assert not errors


def test_a_comma_breaks_the_transfer(
    browser: Browser, stack: Stack, logins: dict[str, str]
) -> None:
    sent: list[dict[str, Any]] = []
    page = open_page(browser, stack, "transfers", sent)
    page.get_by_test_id("recipient").fill("Ridge Roasters")
    page.get_by_test_id("amount").fill("12,50")
    page.get_by_test_id("confirm-transfer").click()
    verdicts = until(
        page, lambda: {event["verdict"] for event in sent if event["type"] == "verdict"}
    )
    assert verdicts == {"error"}
    page.get_by_test_id("amount").fill("12.50")
    page.get_by_test_id("confirm-transfer").click()
    expect(page.locator(".toast")).to_have_text("Sent.")
