"""A page that the browser itself kept in its back/forward cache and brought back.

The headless Chromium that comes with the front end keeps no pages (its embedder says so whatever
the switches). With a full one, installed or named in `VCSM_CHROMIUM`, this runs; otherwise
`test_capture_visit.py` gives the events of the cache without the cache.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser.host_page import HostSite
from tests.browser.sent import hammer, ready
from vcsm.benchmark.browser_binary import launch_options

WATCH = """<script nonce=abc>
window.shown = []
addEventListener('pageshow', (event) => shown.push(event.persisted))
// In the page itself: of a page that was kept, Playwright no longer tells what its sockets send.
window.frames_sent = []
const { send } = WebSocket.prototype
WebSocket.prototype.send = function (said) {
  frames_sent.push(JSON.parse(said))
  return send.call(this, said)
}
</script>"""
WHY = "performance.getEntriesByType('navigation')[0].notRestoredReasons"
# Playwright switches the cache off in every browser it starts.
SWITCHED = ["--disable-back-forward-cache"]


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**launch_options(), ignore_default_args=SWITCHED)
        try:
            yield running.new_page()
        finally:
            running.close()


def leave_and_return(page: Page, address: str) -> None:
    """By the browser's own address bar and back button; a kept page has no load to wait for."""
    page.evaluate("window.kept = true")
    devtools = page.context.new_cdp_session(page)
    page.goto(address)
    [*_, kept, _] = devtools.send("Page.getNavigationHistory")["entries"]
    devtools.send("Page.navigateToHistoryEntry", {"entryId": kept["id"]})
    page.wait_for_url("**/pay", wait_until="commit")
    page.wait_for_load_state()
    if page.evaluate("window.kept"):
        page.wait_for_function("shown.length > 1")


def sent(page: Page, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(
        "kind => frames_sent.flatMap((frame) => frame.events ?? []).filter((e) => e.type === kind)",
        kind,
    )
    return found


def wait_for(page: Page, kind: str, count: int) -> list[dict[str, Any]]:
    for _ in range(300):
        if len(sent(page, kind)) >= count:
            break
        page.wait_for_timeout(100)
    return sent(page, kind)


def test_a_kept_page_comes_back_and_goes_on(site: HostSite, page: Page) -> None:
    page.goto(f"{site.origin}/style.css")
    site.head += WATCH
    site.open(page)
    ready(page)
    page.wait_for_timeout(1200)
    hammer(page, 1)
    wait_for(page, "verdict", 1)
    leave_and_return(page, f"{site.origin}/style.css")
    if page.evaluate("shown") == [False]:
        reasons = str(page.evaluate(WHY))
        # What the embedder forbids is masked; what the widget did to it would be named.
        assert "websocket" not in reasons and "unload" not in reasons
        pytest.skip(f"this Chromium keeps no pages: {reasons}")
    assert page.evaluate("shown") == [False, True]
    page.wait_for_timeout(1200)
    hammer(page, 1)
    said = wait_for(page, "verdict", 2)
    assert [(event["click"], event["verdict"]) for event in said] == [(1, "dead"), (2, "dead")]
    assert [event["click"] for event in sent(page, "click")] == [1, 2]
    assert sent(page, "burst") == []
    assert [event["how"] for event in sent(page, "page")] == ["load", "restore"]
    hellos = page.evaluate("frames_sent.filter((frame) => frame.type === 'hello')")
    assert len(hellos) == 2 and hellos[0]["session"] == hellos[1]["session"]
    assert site.troubles == []
