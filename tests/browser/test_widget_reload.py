"""Nothing that happened is lost when the wire is cut, the page reloaded, or the tab doubled."""

import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page

from tests.browser.host_page import HostSite, Wire
from tests.cast import Cast
from vcsm.conversations.models import Message
from vcsm.events.models import Event, Session

PATIENCE = 60.0


def tracked(cast: Cast) -> list[str]:
    """The names of the stored `track` events, in the order of the record."""
    events = Event.objects.filter(workspace=cast.acme, kind="track")
    ordered = events.order_by("session_id", "sequence", "position")
    return [str(event.body["name"]) for event in ordered]


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)


def ready(page: Page) -> None:
    page.evaluate("new Promise((done) => vcsm('on', 'ready', done))")


def track(page: Page, *names: str) -> None:
    page.evaluate("(names) => names.forEach((name) => vcsm('track', name))", list(names))


def test_it_works(site: HostSite, context: BrowserContext, live_cast: Cast) -> None:
    page = context.new_page()
    site.open(page)
    track(page, "one", "two")
    wait_until(lambda: len(tracked(live_cast)) == 2)
    assert tracked(live_cast) == ["one", "two"]


def test_what_was_not_acknowledged_survives_a_reload(
    site: HostSite, context: BrowserContext, live_cast: Cast, wire: Wire
) -> None:
    page = context.new_page()
    site.open(page)
    ready(page)
    track(page, "stored")
    wait_until(lambda: tracked(live_cast) == ["stored"])

    wire.cut()
    track(page, "e1", "e2")
    page.locator("[data-vcsm=launcher]").click()
    page.locator("[data-vcsm=composer]").fill("Are you there?")
    page.keyboard.press("Enter")
    page.locator("[data-vcsm=message][data-state=sending]").wait_for()
    page.reload()
    track(page, "e3")
    page.reload()
    # The message that waits is seen waiting after the reload, too.
    page.locator("[data-vcsm=launcher]").click()
    page.locator("[data-vcsm=message][data-state=sending]").wait_for()
    track(page, "e4")
    wire.mend()
    page.locator("[data-vcsm=message][data-author=contact][data-state=stored]").wait_for()
    wait_until(lambda: len(tracked(live_cast)) >= 5)

    assert tracked(live_cast) == ["stored", "e1", "e2", "e3", "e4"]
    said = Message.objects.filter(workspace=live_cast.acme, author="contact")
    assert [message.text for message in said] == ["Are you there?"]
    assert Session.objects.filter(workspace=live_cast.acme).count() == 1


def test_a_wire_that_is_cut_again_and_again_loses_and_doubles_nothing(
    site: HostSite, context: BrowserContext, live_cast: Cast, wire: Wire
) -> None:
    page = context.new_page()
    site.open(page)
    names = [f"e{number}" for number in range(40)]
    for number, name in enumerate(names):
        track(page, name)
        if number % 5 == 4:
            wire.cut()
            page.wait_for_timeout(30 * (number % 7))
            wire.mend()
            page.evaluate("dispatchEvent(new Event('online'))")
            page.wait_for_timeout(20 * (number % 11))
    wait_until(lambda: len(tracked(live_cast)) >= len(names))
    page.wait_for_timeout(1_500)  # a batch stored twice would show by now
    assert tracked(live_cast) == names


def test_a_doubled_tab_has_a_session_of_its_own(
    site: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    site.open(page)
    ready(page)
    with context.expect_page() as opening:
        # Opened by the page itself: the browser gives the new tab a copy of sessionStorage.
        page.evaluate("window.open(location.href)")
    other = opening.value
    other.wait_for_load_state()
    ready(other)
    names = "Object.keys(sessionStorage).filter((name) => name.startsWith('vcsm:pk_'))"
    kept = f"JSON.parse(sessionStorage[{names}[0]]).session"
    assert page.evaluate(kept) != other.evaluate(kept)
    for number in range(3):
        track(page, f"a{number}")
        track(other, f"b{number}")
    wait_until(lambda: len(tracked(live_cast)) == 6)
    assert sorted(tracked(live_cast)) == ["a0", "a1", "a2", "b0", "b1", "b2"]
    assert Session.objects.filter(workspace=live_cast.acme).count() == 2
