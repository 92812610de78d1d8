"""The capture beside the rest of the widget: early clicks, our panel, tabs, pages that return."""

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.host_page import HostSite
from tests.browser.sent import Sent, hammer, hung_up, ready

LAUNCHER, COMPOSER = "[data-vcsm=launcher]", "[data-vcsm=composer]"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_our_own_panel_is_no_answer_of_the_page(site: HostSite, page: Page) -> None:
    sent = Sent(page)
    site.open(page)
    ready(page)
    page.wait_for_timeout(1200)  # a click that wakes a window explains itself
    page.locator(LAUNCHER).click()
    page.locator(COMPOSER).fill("Where is my money?")
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=message][data-author=contact]").wait_for()
    page.keyboard.press("Escape")
    for _ in range(2):
        page.wait_for_timeout(1100)
        hammer(page, 5)
    page.locator(LAUNCHER).click()
    page.wait_for_timeout(600)
    page.keyboard.press("Escape")
    sent.wait("verdict", 10)
    page.wait_for_timeout(300)  # in which one could be taken back
    assert len(sent.of("click")) == 10
    assert [event["verdict"] for event in sent.of("verdict")] == ["dead"] * 10
    # Nor is what was written to us any work in the page's forms.
    page.locator("[name=amount]").fill("3")
    page.locator("[data-testid=pay]").focus()
    assert {event["element"]["name"] for event in sent.wait("input", 2)} == {"textbox amount"}


def test_clicks_before_the_rest_has_come_are_judged(site: HostSite, page: Page) -> None:
    site.body += "<button data-testid=more onclick=\"this.after('More')\">More</button>"
    site.body += (
        "<canvas id=c width=9 height=9></canvas>"
        "<button data-testid=draw onclick=\"c.getContext('2d').fillRect(0, 0, 9, 9)\">Draw</button>"
    )
    held: list[Route] = []
    late: list[Route] = []
    page.route("**/visit.js*", lambda route: held.append(route))
    page.route("**/senses.js*", lambda route: late.append(route))
    sent = Sent(page)
    site.open(page)
    page.wait_for_function("window.vcsm?.running")
    page.wait_for_timeout(1200)
    hammer(page, 1)
    page.wait_for_timeout(2400)
    page.locator("[data-testid=more]").click()
    assert sent.events == []
    held[0].continue_()
    [verdict] = sent.wait("verdict")
    dead, answered = sent.of("click")
    assert (verdict["verdict"], verdict["click"], dead["click"]) == ("dead", 1, 1)
    assert verdict["element"] == dead["element"] != answered["element"]
    assert dead["element"]["name"] == "button pay"
    assert [event["type"] for event in sent.events[:2]] == ["page", "click"]
    assert dead["at"] + 2_000 <= verdict["at"] < answered["at"]
    # Nobody saw the drawing, and so what was said of its click is taken back when somebody can.
    page.locator("[data-testid=draw]").click()
    assert sent.wait("verdict", 2)[-1]["verdict"] == "dead"
    late[0].continue_()
    assert sent.wait("verdict", 3)[-1]["verdict"] == "answered"
    assert site.troubles == []


def test_further_senses_join_the_same_capture(site: HostSite, page: Page) -> None:
    site.body += (
        "<canvas id=c width=9 height=9></canvas><form><label>Name <input name=who></label></form>"
        "<button data-testid=draw onclick=\"c.getContext('2d').fillRect(0, 0, 9, 9)\">Draw</button>"
        "<button data-testid=webgl onclick=\"c2.getContext('webgl')?.clear(16384) ?? document.title"
        '++">Clear</button><canvas id=c2></canvas>'
        '<button data-testid=wave onclick="c.animate([{ opacity: 0 }, {}], 200)">Wave</button>'
        "<button data-testid=swap onclick=\"i.contentWindow.location.replace('about:blank#')\">S"
        "</button><iframe id=i srcdoc='<button>Inside</button>' width=90 height=40></iframe>"
    )
    sent = Sent(page)
    site.open(page)
    ready(page)
    page.wait_for_timeout(1500)
    for name in ("draw", "webgl", "wave", "pay"):
        page.locator(f"[data-testid={name}]").click()
        page.wait_for_timeout(400)
    page.wait_for_timeout(2000)
    page.locator("[name=who]").fill("Vera")
    page.locator("[name=who]").press("Tab")
    page.frame_locator("#i").locator("button").click()
    verdicts = sent.wait("verdict", 2)
    assert {v["element"]["name"] for v in verdicts} == {"button pay", "button"}
    assert [v["verdict"] for v in verdicts] == ["dead", "dead"]
    visits = sent.wait("input", 2)
    assert ("textbox who", "leave", True) in [
        (v["element"]["name"], v["how"], v.get("filled")) for v in visits
    ]
    assert site.troubles == []


def test_a_page_back_from_the_cache_goes_on(site: HostSite, page: Page) -> None:
    """The events of the cache without the cache; `test_capture_cache.py` has the cache itself."""
    sent = Sent(page)
    site.open(page)
    ready(page)
    page.wait_for_timeout(1200)
    hammer(page, 1)
    sent.wait("verdict")
    show = "dispatchEvent(new PageTransitionEvent('{}', {{ persisted: true }}))"
    page.evaluate(show.format("pagehide"))
    # Another page of the tab has counted on.
    page.evaluate("sessionStorage.setItem('vcsm.clicks', '5')")
    [socket] = sent.sockets
    hung_up(socket)
    page.evaluate(show.format("pageshow"))
    hammer(page, 1)
    sent.wait("verdict", 2)
    assert [event["click"] for event in sent.of("click")] == [1, 6]
    assert [(event["click"], event["verdict"]) for event in sent.of("verdict")] == [
        (1, "dead"),
        (6, "dead"),
    ]
    assert len(sent.sessions) == 2 and len(set(sent.sessions)) == 1
    assert [socket.is_closed() for socket in sent.sockets] == [True, False]


def test_two_tabs_are_judged_each_for_itself(
    site: HostSite, context: BrowserContext, page: Page
) -> None:
    first = Sent(page)
    site.open(page)
    ready(page)
    with context.expect_page() as opened:
        page.evaluate("window.open(location.pathname + '?two')")  # with a copy of sessionStorage
    other = opened.value
    second = Sent(other)
    other.reload()
    ready(other)
    for tab, sent in ((other, second), (page, first)):
        tab.bring_to_front()
        tab.wait_for_timeout(1200)
        hammer(tab, 1)
        sent.wait("verdict", len(sent.of("verdict")) + 1)
    assert [event["verdict"] for event in first.of("verdict")] == ["dead"]
    assert [event["verdict"] for event in second.of("verdict")] == ["dead"]
    assert not set(first.sessions) & set(second.sessions[-1:])
    for sent in (first, second):
        clicks = [event["click"] for event in sent.of("click")]
        assert len(set(clicks)) == len(clicks)
        assert [event["click"] for event in sent.of("verdict")] == clicks
