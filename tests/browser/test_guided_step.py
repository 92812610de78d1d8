"""The guided step: a ring around the real element, wherever it is, and nothing of ours over it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.host_page import HostSite, server_side
from tests.browser.panel_scene import LAUNCHER, PANEL, READY, now, session_of
from tests.browser.patience import until
from tests.cast import Cast
from vcsm.conversations.nudges import offer_nudge

BUTTON, RING = "[data-testid=pay]", "[data-vcsm=guide]"
PHONE = {"width": 390, "height": 844}
# Before the click, whose batch leaves at once; a click by script would not be believed.
LISTEN = """() => {
  window.clicked = new Promise((done) => {
    const sent = WebSocket.prototype.send
    WebSocket.prototype.send = function (data) {
      const frame = JSON.parse(data)
      const click = (frame.events ?? []).find((one) => one.type === 'click')
      if (click) { WebSocket.prototype.send = sent; done(click.element.id) }
      return sent.call(this, data)
    }
  })
}"""


def show_me(site: HostSite, page: Page, cast: Cast) -> None:
    """The contact is offered help with the button and asks to be shown it."""
    site.open(page)
    page.evaluate(READY)
    # The page names its elements itself: what was struggled with is found again by that name.
    page.evaluate(LISTEN)
    page.locator(BUTTON).click()
    element = page.evaluate("window.clicked")
    page.wait_for_function(
        "document.querySelector('vcsm-widget') && performance.now() > 1500", timeout=10_000
    )
    session = session_of(cast)
    server_side(
        lambda: offer_nudge(
            session=session,
            cause="/pay",
            page="/pay",
            element=element,
            title="Stuck?",
            text="Press it once.",
            source={"title": "Paying", "heading": "", "url": ""},
            now=now(),
        )
    )
    page.locator("[data-vcsm=nudge-show]").click()
    expect(page.locator(RING)).to_be_visible()


def is_around_the_button(page: Page) -> bool:
    ring, button = page.locator(RING).bounding_box(), page.locator(BUTTON).bounding_box()
    if ring is None or button is None:
        return False
    return (
        ring["x"] < button["x"]
        and ring["y"] < button["y"]
        and ring["x"] + ring["width"] > button["x"] + button["width"]
        and ring["y"] + ring["height"] > button["y"] + button["height"]
    )


def is_in_the_open(page: Page) -> bool:
    """What a finger would hit there is the button, and all of it is on the screen."""
    return bool(
        page.locator(BUTTON).evaluate(
            """(button) => {
              const { left, top, right, bottom } = button.getBoundingClientRect()
              const corners = [[left + 2, top + 2], [right - 2, bottom - 2]]
              return corners.every(([x, y]) => document.elementFromPoint(x, y) === button)
            }"""
        )
    )


def test_it_follows_its_element_when_the_page_draws_it_anew(
    site: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    show_me(site, page, live_cast)
    page.evaluate(
        """() => {
          const old = document.querySelector('[data-testid=pay]')
          const fresh = old.cloneNode(true)
          old.remove()
          document.querySelector('main').prepend(fresh)
          fresh.style.marginTop = '200px'
        }"""
    )
    until(page, lambda: is_around_the_button(page))
    page.keyboard.press("Escape")
    page.locator(RING).wait_for(state="detached")


def test_on_a_phone_the_panel_stays_away_and_has_the_words_when_it_is_opened(
    site: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    page.set_viewport_size(PHONE)
    site.style = "main { padding-block: 1500px } button { margin: 0 }"
    show_me(site, page, live_cast)
    until(page, lambda: is_around_the_button(page) and is_in_the_open(page))  # it is scrolled to
    expect(page.locator(PANEL)).to_have_count(0)
    page.locator(LAUNCHER).click()
    expect(page.locator(PANEL)).to_contain_text("Press it once.")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_panel_gives_way_to_what_lies_under_it(
    site: HostSite, context: BrowserContext, live_cast: Cast, lang: str
) -> None:
    page = context.new_page()
    site.style = "button { position: fixed; inset-inline-end: 60px; bottom: 160px }"
    if lang == "ar":
        site.style += " body { direction: rtl }"
    site.attributes += f' data-lang="{lang}"'
    show_me(site, page, live_cast)
    expect(page.locator(PANEL)).to_be_visible()
    until(page, lambda: is_around_the_button(page) and is_in_the_open(page))
