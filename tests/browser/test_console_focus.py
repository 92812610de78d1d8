"""Where the keyboard stands in the console: on what was opened, and never lost by an act."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.console_page import elsewhere
from tests.browser.test_console import escalate, row
from tests.console.scene import Scene
from tests.stack import Stack
from vcsm.accounts.models import Account, Contact

pytestmark = pytest.mark.browser

TALL = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 3
"""A name without a space: it can only be broken between letters."""


def summary(page: Page) -> Locator:
    return page.get_by_test_id("escalation-summary")


def press(page: Page, test_id: str) -> None:
    """The button by its name and Enter, as whoever has walked to it with Tab."""
    page.get_by_test_id(test_id).focus()
    page.keyboard.press("Enter")


def test_it_works(alice: Page, scene: Scene) -> None:
    """Marked, opened, acted upon by buttons that vanish with the act, closed again."""
    expect(row(alice, scene.escalation)).to_be_visible()
    alice.keyboard.press("j")
    expect(row(alice, scene.escalation)).to_be_focused()
    alice.keyboard.press("Enter")
    expect(summary(alice)).to_be_focused()
    alice.keyboard.press("Tab")
    expect(alice.get_by_test_id("take-over")).to_be_focused()

    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("composer-input")).to_be_focused()
    press(alice, "hand-back")
    expect(alice.get_by_test_id("hand-back")).to_have_count(0)
    expect(summary(alice)).to_be_focused()
    alice.keyboard.press("Escape")
    expect(row(alice, scene.escalation)).to_be_focused()
    alice.keyboard.press("Enter")
    expect(summary(alice)).to_be_focused()

    press(alice, "snooze")
    alice.keyboard.type("They answer tomorrow")
    alice.keyboard.press("Escape")
    expect(alice.get_by_test_id("snooze")).to_be_focused()
    alice.keyboard.press("Enter")
    alice.keyboard.type("They answer tomorrow")
    press(alice, "snooze-save")
    expect(alice.get_by_test_id("snoozed")).to_be_visible()
    expect(summary(alice)).to_be_focused()

    # Its row may be gone by now: then the page has the focus.
    alice.keyboard.press("Escape")
    expect(alice.get_by_test_id("escalation")).to_have_count(0)
    expect(alice.locator("main:focus, main :focus")).to_have_count(1)


def test_what_is_marked_is_what_enter_opens(alice: Page, scene: Scene) -> None:
    other = elsewhere(lambda: escalate(scene, "Ines", score=0.5))
    expect(row(alice, other)).to_be_visible()
    row(alice, scene.escalation).click()
    expect(summary(alice)).to_be_focused()
    alice.keyboard.press("Escape")
    expect(row(alice, scene.escalation)).to_be_focused()
    alice.keyboard.press("j")
    alice.keyboard.press("k")
    alice.keyboard.press("j")
    expect(alice.locator("[data-testid=queue-row].row-marked")).to_be_focused()
    marked = alice.locator("[data-testid=queue-row].row-marked").get_attribute("data-escalation")
    alice.keyboard.press("Enter")
    expect(alice).to_have_url(re.compile(f"/escalations/{marked}$"))


def test_after_one_is_resolved_the_next_one_goes_on(alice: Page, scene: Scene) -> None:
    first, last = (
        elsewhere(lambda name=name, score=score: escalate(scene, name, score=score))
        for name, score in (("Ines", 0.95), ("Otto", 0.3))
    )
    for one in (first, last):
        expect(row(alice, one)).to_be_visible()
    # The mark was somewhere else before: a click takes it along.
    alice.keyboard.press("j")
    row(alice, scene.escalation).click()
    expect(summary(alice)).to_be_focused()
    alice.mouse.move(1200, 500)
    alice.keyboard.press("e")
    for answer in ("done-yes", "worked-yes", "false-alarm-no"):
        alice.get_by_test_id(f"verdict-{answer}").check()
    alice.get_by_test_id("verdict-save").click()
    expect(alice.get_by_test_id("verdict-given")).to_be_visible()
    # The list lets go of it, as it does where no hand is on it.
    alice.keyboard.press("n")
    expect(row(alice, scene.escalation)).to_have_count(0)
    alice.keyboard.press("j")
    expect(alice).to_have_url(re.compile(f"/escalations/{last.pk}$"))
    expect(row(alice, first)).to_be_visible()


def test_whoever_chooses_by_the_box_stays_on_it(alice: Page, scene: Scene) -> None:
    expect(row(alice, scene.escalation)).to_be_visible()
    box = alice.get_by_test_id("row-choose")
    box.focus()
    alice.keyboard.press("Space")
    expect(alice.get_by_test_id("bulk")).to_be_visible()
    expect(box).to_be_focused()
    alice.keyboard.press("Space")
    expect(alice.get_by_test_id("bulk")).to_have_count(0)


def test_another_page_is_begun_at_its_start(alice: Page, scene: Scene) -> None:
    expect(row(alice, scene.escalation)).to_be_visible()
    alice.keyboard.press("Control+k")
    alice.get_by_test_id("palette-find").fill("Accounts")
    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("accounts")).to_be_visible()
    expect(alice.locator("main")).to_be_focused()
    alice.keyboard.press("Tab")
    expect(alice.get_by_test_id("account-find")).to_be_focused()


def test_escape_closes_the_menu_and_nothing_behind_it(alice: Page, scene: Scene) -> None:
    row(alice, scene.escalation).click()
    expect(summary(alice)).to_be_focused()
    for menu, inside in (
        (alice.get_by_label("Signed in as Alice"), alice.get_by_test_id("sign-out")),
        (alice.get_by_test_id("views"), alice.get_by_test_id("view-name")),
    ):
        menu.press("Enter")
        inside.focus()
        alice.keyboard.press("Escape")
        expect(inside).to_be_hidden()
        expect(menu).to_be_focused()
        expect(alice.get_by_test_id("escalation")).to_be_visible()


def test_a_name_without_a_space_pushes_nothing_out_of_sight(
    alice: Page, stack: Stack, scene: Scene
) -> None:
    Account.objects.filter(pk=scene.cast.kestrel.pk).update(name=TALL)
    Contact.objects.filter(pk=scene.cast.vera.pk).update(name=f"Vera {TALL}", email="")
    for place, shown in (
        (f"escalations/{scene.escalation.pk}", "account"),
        (f"accounts/{scene.cast.kestrel.pk}", "account-people"),
        ("search?q=Vera", "hit"),
    ):
        alice.goto(f"{stack.origin}/console/{place}")
        expect(alice.get_by_test_id(shown).first).to_be_visible()
        assert pushed_out(alice) == [], place
    title = alice.locator("[data-kind=contact] .search-title").bounding_box()
    hit = alice.locator("[data-kind=contact] .search-hit").bounding_box()
    assert title is not None and hit is not None
    assert title["width"] > hit["width"] / 2, "the note beside the name leaves it no room"


def pushed_out(page: Page) -> list[str]:
    """Panes that scroll sideways or cut off, but for those that are made to."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.escalation-facts, .chat-log, .friction, .search-hit')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1)"
        ".map((one) => `${one.className} ${one.scrollWidth}`)"
    )
    return found
