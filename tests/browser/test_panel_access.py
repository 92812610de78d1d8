"""The panel for everyone: axe in every state, keyboard, zoom, motion, colours, languages."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fixture_page import FRONTEND
from tests.browser.host_page import HostSite, Wire, server_side
from tests.browser.panel_scene import (
    COMPOSER,
    LAUNCHER,
    PANEL,
    READY,
    make_history,
    now,
    open_panel,
    session_of,
    thread_of,
    write,
)
from tests.browser.patience import until
from tests.cast import Cast
from vcsm.conversations import broadcast
from vcsm.conversations.models import Message
from vcsm.conversations.nudges import offer_nudge
from vcsm.conversations.post import post_message
from vcsm.escalation.models import Escalation

AXE = (FRONTEND / "node_modules" / "axe-core" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
"""The rules that a colour scheme can break; all others see the same in either."""
RUN = """async ([type, values]) => {
  const runOnly = { type, values }
  const { violations } = await axe.run(document.querySelector('vcsm-widget'), { runOnly })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => [id, node.target.flat().join(' '), node.failureSummary].join(' | ')))
}"""
# What moves in has come to rest: half-transparent text has no contrast. Typing dots never rest.
REST = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  const moving = document.querySelector('vcsm-widget').shadowRoot.getAnimations()
  const ending = moving.filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
  await Promise.allSettled(ending.map(({ finished }) => finished))
}"""
FOCUS = """() => {
  const at = document.activeElement.shadowRoot?.activeElement
  const named = at?.dataset.vcsm || at?.getAttribute('aria-label') || at?.textContent.trim()
  return at && (named || at.type)
}"""

Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, site: HostSite) -> Iterator[Opened]:
    """A page with the widget in it, in a context of its own; the keywords are the context's."""
    contexts = []

    def open(lang: str = "en", **more: Any) -> Page:
        context = browser.new_context(**more)
        contexts.append(context)
        page = context.new_page()
        site.attributes += f' data-lang="{lang}"'
        site.open(page)
        page.evaluate(READY)
        return page

    yield open
    for context in contexts:
        context.close()


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    page.evaluate(REST)
    found: list[str] = page.evaluate(RUN, ["tag", RULES])
    page.emulate_media(color_scheme="dark")
    page.evaluate(REST)
    found += page.evaluate(RUN, ["rule", COLOURS])
    page.emulate_media(color_scheme="light")
    return found


def nudge(cast: Cast) -> None:
    session = session_of(cast)
    server_side(
        lambda: offer_nudge(
            session=session,
            cause="/pay",
            page="/pay",
            element="button-1",
            title="Stuck at Pay now?",
            text="Confirm the payee first.",
            source={"title": "Paying", "heading": "Payees", "url": "/help"},
            now=now(),
        )
    )


def resolve(cast: Cast) -> None:
    """Alice has helped and is done: the contact is asked how it was."""
    found = Escalation.objects.filter(workspace=cast.acme)
    found.update(state="resolved", taken_at=now(), resolved_at=now())
    server_side(lambda: _tell(cast))


def _tell(cast: Cast) -> None:
    from vcsm.success.broadcast import home_changed

    home_changed(cast.vera.pk)


def test_axe_finds_nothing_in_any_state(opened: Opened, live_cast: Cast, wire: Wire) -> None:
    """In light and in dark."""
    page = opened(color_scheme="light", reduced_motion="reduce")
    states: dict[str, list[str]] = {"launcher": violations(page)}
    open_panel(page)
    states["nothing yet"] = violations(page)
    server_side(lambda: make_history(live_cast))
    server_side(lambda: _tell(live_cast))
    page.locator("[data-vcsm=plan]").wait_for()
    states["home"] = violations(page)
    page.locator("[data-vcsm=beliefs]").click()
    states["beliefs"] = violations(page)
    page.locator("[data-vcsm=back]").click()
    page.locator("[data-vcsm=file]").set_input_files(
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": b"hello"},
            {"name": "a.html", "mimeType": "text/html", "buffer": b"<script>"},
        ]
    )
    page.locator(".draft-failed").wait_for()
    page.locator(".draft[data-state=kept]").wait_for()
    page.locator(COMPOSER).fill("x" * 20_001)
    states["drafts and too long"] = violations(page)
    page.locator(COMPOSER).fill("Here it is")
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=attached]").wait_for()
    thread = thread_of(live_cast)
    # What the assistant believes after this message takes the place of what is told below.
    until(page, lambda: not thread.messages.filter(author="contact", handled_at=None).exists())
    write(thread, "I see it.", live_cast)
    server_side(
        lambda: broadcast.intent_believed(
            thread, outcome="unsure", title="", options=[{"id": 1, "title": "Raise a limit"}]
        )
    )
    page.locator("[data-vcsm=options]").wait_for()
    states["talk with options"] = violations(page)
    resolve(live_cast)
    page.locator("[data-vcsm=back]").click()
    page.locator("[data-vcsm=go-on]").click()
    page.get_by_role("button", name="Good", exact=True).click()
    states["rating"] = violations(page)
    wire.cut()
    expect(page.locator("[data-vcsm=state]")).to_contain_text("No connection")
    states["offline"] = violations(page)
    wire.mend()
    page.keyboard.press("Escape")
    page.evaluate(READY)
    nudge(live_cast)
    page.locator("[data-vcsm=nudge]").wait_for()
    states["nudge"] = violations(page)
    assert {state: found for state, found in states.items() if found} == {}
    assert len(states) == 9


def test_axe_would_find_something(opened: Opened) -> None:
    page = opened()
    page.evaluate("document.querySelector('vcsm-widget').shadowRoot.innerHTML += '<img src=x>'")
    assert any("image-alt" in one for one in violations(page))


def test_the_keyboard_alone_reaches_everything(opened: Opened, live_cast: Cast) -> None:
    page = opened()
    server_side(lambda: make_history(live_cast))
    page.locator(LAUNCHER).focus()
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=plan]").wait_for()
    page.wait_for_function(f"({FOCUS})() === 'composer'")
    page.locator("[data-vcsm=close]").focus()
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUS))
        if seen[-1] == "person":
            break
    assert seen[0] == "home" and seen[-1] == "person"
    assert {"beliefs", "attach", "composer", "checkbox"} <= set(seen)
    page.locator("[data-vcsm=beliefs]").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"({FOCUS})() === 'back'")
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=home]").wait_for()
    page.wait_for_function(f"({FOCUS})() !== null")
    page.keyboard.press("Escape")
    page.locator(PANEL).wait_for(state="detached")
    page.wait_for_function(f"({FOCUS})() === 'launcher'")


def test_a_screen_reader_is_told(opened: Opened, live_cast: Cast) -> None:
    page = opened(lang="de")
    open_panel(page)
    expect(page.get_by_role("dialog", name="Hilfe von Acme")).to_be_visible()
    expect(page.locator(".vc-all")).to_have_attribute("lang", "de")
    page.locator(COMPOSER).fill("Hallo")
    page.keyboard.press("Enter")
    log = page.get_by_role("log", name="Gespräch")
    expect(log).to_have_attribute("aria-live", "polite")
    write(thread_of(live_cast), "Guten Tag", live_cast)
    expect(log).to_contain_text("Guten Tag")
    expect(page.get_by_role("status").first).to_be_attached()


@pytest.mark.parametrize("size", [(320, 256), (375, 300)])
def test_a_zoom_of_400_percent_and_a_phones_keyboard_leave_the_field_in_sight(
    opened: Opened, live_cast: Cast, size: tuple[int, int]
) -> None:
    page = opened(viewport={"width": 375, "height": 740})
    server_side(lambda: make_history(live_cast))
    open_panel(page)
    page.locator("[data-vcsm=plan]").wait_for()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(REST)
    panel, field = (page.locator(one).bounding_box() for one in (PANEL, COMPOSER))
    assert panel is not None and field is not None
    assert panel["width"] <= size[0] and panel["height"] <= size[1]
    assert field["y"] >= 0 and field["y"] + field["height"] <= size[1]
    home = page.locator("[data-vcsm=home]")
    assert home.evaluate("(one) => one.scrollWidth <= one.clientWidth && one.clientHeight > 40")
    # Phones zoom into smaller letters.
    assert page.locator(COMPOSER).evaluate(
        "(one) => parseFloat(getComputedStyle(one).fontSize) >= 16"
    )


def test_whoever_wants_no_motion_sees_none(opened: Opened, live_cast: Cast) -> None:
    page = opened(reduced_motion="reduce")
    open_panel(page)
    page.locator(COMPOSER).fill("Hello")
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=message][data-state=stored]").first.wait_for()
    thread = thread_of(live_cast)
    server_side(
        lambda: broadcast.typing_to_contact(conversation=thread, member=live_cast.alice, on=True)
    )
    page.locator("[data-vcsm=typing]").wait_for()
    running = "document.querySelector('vcsm-widget').shadowRoot.getAnimations().length"
    assert page.evaluate(running) == 0


def test_forced_colours_keep_every_edge(opened: Opened) -> None:
    page = opened(forced_colors="active")
    open_panel(page)
    for part in ("[data-vcsm=send]", "[data-vcsm=person]", PANEL):
        edge = page.locator(part).evaluate("(one) => getComputedStyle(one).borderTopStyle")
        assert edge == "solid", part
    assert violations(page) == []


def test_right_to_left_stands_on_the_left(opened: Opened) -> None:
    page = opened(lang="ar", viewport={"width": 1000, "height": 700})
    open_panel(page)
    expect(page.locator(".vc-all")).to_have_attribute("dir", "rtl")
    box = page.locator(PANEL).bounding_box()
    assert box is not None and box["x"] < 100
    assert violations(page) == []


def test_the_widget_follows_the_language_of_its_page(opened: Opened, site: HostSite) -> None:
    page = opened(lang="")
    page.locator(LAUNCHER).hover()
    page.get_by_role("button", name="Help", exact=True).wait_for()
    page.evaluate("document.documentElement.lang = 'fr-CA'")
    page.get_by_role("button", name="Aide", exact=True).wait_for()
    page.evaluate("document.documentElement.lang = 'tlh'")
    page.get_by_role("button", name="Help", exact=True).wait_for()
    assert site.troubles == []


def test_a_product_gives_the_widget_its_own_colours(opened: Opened, site: HostSite) -> None:
    site.style = "vcsm-widget { --vcsm-accent: rgb(120, 20, 160); --vcsm-font: Georgia, serif }"
    page = opened()
    open_panel(page)
    style = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).fontFamily]"
    page.mouse.move(0, 0)
    page.evaluate(REST)
    colour, font = page.locator("[data-vcsm=send]").evaluate(style)
    assert colour == "rgb(120, 20, 160)" and font == "Georgia, serif"
    page.keyboard.press("Escape")
    page.evaluate(REST)
    assert page.locator(LAUNCHER).evaluate(style)[0] == "rgb(120, 20, 160)"


def test_our_own_sentences_are_in_the_contacts_language(opened: Opened, live_cast: Cast) -> None:
    """And the time is their clock's: 14:00 in Berlin is noon UTC in summer."""
    page = opened("de", timezone_id="Europe/Berlin")
    session_of(live_cast)
    thread = thread_of(live_cast)
    due = datetime(2031, 7, 3, 12, 0, tzinfo=UTC)
    for text, notice, about in (
        ("I don't know", "not_known", None),
        ("I've asked Alice", f"called:{int(due.timestamp())}", live_cast.alice),
        ("I leave that", f"expected:{int(due.timestamp())}", live_cast.alice),
        ("I leave that", "expected:0", live_cast.alice),
        ("A passage as it was written", "", None),
        ("As it was written, too", "of a later version", None),
    ):
        server_side(
            lambda text=text, notice=notice, about=about: post_message(
                conversation=thread,
                author=Message.Author.ASSISTANT,
                text=text,
                notice=notice,
                member=about,
                now=now(),
            )
        )
    page.locator(LAUNCHER).click()
    said = page.locator("[data-vcsm=message][data-author=assistant] .words")
    expect(said).to_have_count(6)
    expect(said.nth(0)).to_contain_text("raten möchte ich nicht")
    expect(said.nth(1)).to_contain_text("Ich habe Alice gebeten")
    expect(said.nth(1)).to_contain_text("3. Juli, 14:00")
    expect(said.nth(2)).to_contain_text("überlasse ich Alice")
    expect(said.nth(2)).to_contain_text("bis 3. Juli, 14:00")
    expect(said.nth(3)).not_to_contain_text("bis")
    expect(said.nth(4)).to_have_text("A passage as it was written")
    expect(said.nth(5)).to_have_text("As it was written, too")
