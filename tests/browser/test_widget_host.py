"""The widget in pages that are careless, hostile, or want it gone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.host_page import HostSite, host_site
from tests.browser.sent import hung_up
from tests.cast import Cast
from tests.stack import Stack
from vcsm.events.models import Session

NATIVE = """
window.native = () => [fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send,
  history.pushState, history.replaceState, window.open, window.print]
window.before = window.native()
"""
STORAGE_THROWS = """
for (const name of ['localStorage', 'sessionStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })
"""
LAUNCHER = "[data-vcsm=launcher]"


@pytest.fixture
def site(stack: Stack, live_cast: Cast, committed: None) -> Iterator[HostSite]:
    with host_site(stack, live_cast.key.key) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def ready(page: Page) -> None:
    page.evaluate("new Promise((done) => vcsm('on', 'ready', done))")


def stored_names(page: Page) -> Any:
    return page.evaluate("Object.keys(sessionStorage).concat(Object.keys(localStorage))")


def test_it_works(site: HostSite, page: Page) -> None:
    site.open(page)
    expect(page.locator(LAUNCHER)).to_be_visible()
    assert site.troubles == []


def test_shutdown_leaves_nothing(site: HostSite, page: Page) -> None:
    page.add_init_script(NATIVE)
    sockets: list[Any] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    site.open(page)
    page.wait_for_load_state("networkidle")
    page.locator(LAUNCHER).click()
    page.locator("[data-vcsm=panel]").wait_for()
    same = "window.native().every((one, at) => one === window.before[at])"
    assert stored_names(page) != [] and not page.evaluate(same)

    page.evaluate("vcsm('shutdown')")
    page.locator("vcsm-widget").wait_for(state="detached")
    [socket] = sockets
    hung_up(socket)
    page.wait_for_timeout(300)  # nothing is stored late
    assert stored_names(page) == []
    assert page.evaluate(same)

    page.evaluate("vcsm('track', 'later'); vcsm('open'); vcsm('identify', {id: 'x'})")
    page.wait_for_timeout(300)
    assert page.locator("vcsm-widget").count() == 0 and len(sockets) == 1
    page.evaluate("vcsm('start')")
    page.locator(LAUNCHER).wait_for()
    assert site.troubles == []


def test_nothing_is_stored_and_no_socket_opened_before_consent(site: HostSite, page: Page) -> None:
    site.attributes = 'data-consent="required"'
    sockets: list[Any] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    site.open(page)
    page.wait_for_timeout(800)
    assert sockets == [] and stored_names(page) == []
    assert page.locator("vcsm-widget").count() == 0
    page.evaluate("vcsm('consent', true)")
    page.locator(LAUNCHER).wait_for()
    ready(page)
    page.evaluate("vcsm('consent', false)")
    page.locator("vcsm-widget").wait_for(state="detached")
    assert stored_names(page) == []


def test_a_browser_that_asks_not_to_be_tracked_is_asked_first(site: HostSite, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })"
    )
    site.open(page)
    page.wait_for_timeout(500)
    assert stored_names(page) == [] and page.locator("vcsm-widget").count() == 0


def test_without_storage_the_contact_still_gets_help(site: HostSite, page: Page) -> None:
    page.add_init_script(STORAGE_THROWS)
    site.open(page)
    page.locator(LAUNCHER).click()
    page.locator("[data-vcsm=composer]").fill("Hello?")
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=message][data-author=contact][data-state=stored]").wait_for()
    assert site.troubles == []


def test_the_script_twice_is_one_widget(site: HostSite, page: Page, live_cast: Cast) -> None:
    site.scripts = 3
    site.open(page)
    page.locator(LAUNCHER).wait_for()
    ready(page)
    assert page.locator("vcsm-widget").count() == 1
    assert Session.objects.filter(workspace=live_cast.acme).count() == 1


def test_styles_of_the_page_do_not_reach_in(site: HostSite, page: Page) -> None:
    site.style = "* { display: none !important; all: unset !important; font-size: 90px !important }"
    site.open(page)
    page.evaluate("vcsm('open')")
    panel = page.locator("[data-vcsm=panel]")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box is not None and 380 <= box["width"] <= 400


def test_a_page_that_swaps_its_body_keeps_the_widget(site: HostSite, page: Page) -> None:
    site.open(page)
    page.locator(LAUNCHER).wait_for()
    page.evaluate("document.body.replaceChildren()")
    expect(page.locator(LAUNCHER)).to_be_visible()
    page.evaluate("document.body.replaceWith(document.createElement('body'))")
    expect(page.locator(LAUNCHER)).to_be_visible()


def test_a_modal_dialog_of_the_page_does_not_lock_help_out(site: HostSite, page: Page) -> None:
    site.body = "<dialog id=theirs><button>Buy</button></dialog>"
    site.open(page)
    page.locator(LAUNCHER).wait_for()
    page.evaluate("document.querySelector('#theirs').showModal(); vcsm('open')")
    page.locator("[data-vcsm=composer]").fill("Help me out of here", timeout=5_000)
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=message][data-author=contact]").wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-vcsm=panel]").wait_for(state="detached")
    assert page.evaluate("document.querySelector('#theirs').open")


def test_what_the_product_tells_wrongly_does_no_harm(site: HostSite, page: Page) -> None:
    site.open(page)
    ready(page)
    page.evaluate(
        """() => {
          const loop = {}; loop.self = loop
          vcsm(); vcsm(null); vcsm('nonsense'); vcsm('identify'); vcsm('identify', 7)
          vcsm('track'); vcsm('track', {}, 5); vcsm('track', 'x'.repeat(1e5), { a: loop })
          vcsm('track', 'odd', { a: NaN, b: '\\ud800', c: () => 1, d: 10n, e: Symbol('s') })
          vcsm('on', 'open', 'not a function'); vcsm('on', 'close', () => { throw 'theirs' })
          vcsm('track', 'search', { query: '\\ud83d'.repeat(500), results: -1 })
        }"""
    )
    page.evaluate("vcsm('track', 'fine')")
    page.locator(LAUNCHER).click()
    expect(page.locator("[data-vcsm=state]")).to_contain_text("Assistant")
    assert [trouble for trouble in site.troubles if "vcsm" in trouble] == []


def test_a_nudge_does_not_cover_what_the_contact_struggles_with(site: HostSite, page: Page) -> None:
    site.style = "button { position: fixed; right: 60px; bottom: 120px }"
    site.open(page)
    page.wait_for_load_state("networkidle")
    for _ in range(6):
        page.locator("[data-testid=pay]").click(delay=60)
    page.locator("[data-vcsm=nudge]").wait_for()
    page.wait_for_timeout(500)  # it slides in
    card = page.locator("[data-vcsm=nudge]").bounding_box()
    button = page.locator("[data-testid=pay]").bounding_box()
    assert card is not None and button is not None
    assert card["x"] + card["width"] <= button["x"]
    assert card["x"] >= 0 and card["y"] >= 0
