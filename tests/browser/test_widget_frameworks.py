"""The widget in products that take the page over (React 19) or swap its body (Turbo)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.fixture_page import build
from tests.browser.host_page import STUB, HostSite, host_site, server_side
from tests.cast import Cast
from tests.stack import Stack
from vcsm.events.models import Event, Session

pytestmark = pytest.mark.browser
LAUNCHER = "[data-vcsm=launcher]"


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("hosts", tmp_path_factory.mktemp("dist") / "hosts")


@pytest.fixture
def site(stack: Stack, live_cast: Cast, committed: None) -> Iterator[HostSite]:
    with host_site(stack, live_cast.key.key) as running:
        yield running


@pytest.fixture
def page(browser: Browser, scripts: Path) -> Iterator[Page]:
    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        # The libraries' shared chunks are imported by their hosts' scripts.
        route.fulfill(body=(scripts / name).read_text(), content_type="text/javascript")

    context = browser.new_context()
    page = context.new_page()
    page.route("**/hosts/*", answer)
    yield page
    context.close()


def server_rendered(site: HostSite) -> str:
    """As a server renders it, the widget's tag in the head, where React did not put it."""
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>Product</title>'
        f"<script>{STUB}</script>"
        f'<script async src="{site.stack.origin}/static/widget/vcsm.js" data-key="{site.key}">'
        '</script><script type="module" src="/hosts/react_host.js"></script></head>'
        "<body><main><h1>Payments</h1><button>Paid 0</button></main></body></html>"
    )


@pytest.mark.parametrize("widget_first", [True, False])
def test_react_takes_the_document_over(widget_first: bool, site: HostSite, page: Page) -> None:
    """Nothing of the widget makes the hydration fail, and nothing of React's removes the widget."""
    site.document = server_rendered(site)
    site.open(page)
    if widget_first:
        expect(page.locator(LAUNCHER)).to_be_visible()
    page.wait_for_function("'takeOver' in window")
    page.evaluate("takeOver()")
    page.wait_for_selector("html[data-hydrated=yes]")
    page.get_by_role("button", name="Paid 0").click()
    expect(page.get_by_role("button", name="Paid 1")).to_be_visible()
    expect(page.locator(LAUNCHER)).to_be_visible()
    assert page.locator("vcsm-widget").count() == 1
    assert page.evaluate("mismatches") == []

    page.locator(LAUNCHER).click()
    page.locator("[data-vcsm=panel]").wait_for()
    page.get_by_role("button", name="Paid 1").click()
    expect(page.get_by_role("button", name="Paid 2")).to_be_visible()
    expect(page.locator("[data-vcsm=panel]")).to_be_visible()
    assert site.troubles == []


def test_turbo_swaps_the_body_and_the_visit_goes_on(
    site: HostSite, page: Page, live_cast: Cast
) -> None:
    site.head += '<script type="module" src="/hosts/turbo_host.js"></script>'
    site.body = '<main><h1>Payments</h1><a href="/bills">Bills</a></main>'
    sockets: list[object] = []
    page.on("websocket", lambda socket: sockets.append(socket))
    site.open(page)
    expect(page.locator(LAUNCHER)).to_be_visible()
    page.evaluate("window.loadedOnce = true")
    page.locator(LAUNCHER).click()
    page.locator("[data-vcsm=panel]").wait_for()
    page.get_by_role("link", name="Bills").click()
    page.wait_for_url("**/bills")
    # The same document: Turbo did swap the body rather than load the page.
    assert page.evaluate("window.loadedOnce")
    expect(page.locator("[data-vcsm=panel]")).to_be_visible()
    assert page.locator("vcsm-widget").count() == 1
    assert len(sockets) == 1

    def pages_seen() -> set[str]:
        sessions = Session.objects.filter(workspace=live_cast.acme)
        return set(
            Event.objects.filter(session__in=sessions, kind="page").values_list("page", flat=True)
        )

    for _ in range(300):
        if "/bills" in server_side(pages_seen):
            break
        page.wait_for_timeout(100)
    assert "/bills" in server_side(pages_seen)
    assert server_side(Session.objects.filter(workspace=live_cast.acme).count) == 1
    assert site.troubles == []
