"""A member sees the friction of each element on the product's own page."""

import time
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, expect

from tests.browser.host_page import HostSite, server_side
from tests.cast import Cast
from vcsm.events.models import Session
from vcsm.friction.models import FrictionSignal
from vcsm.problems.roll_up import count_sessions
from vcsm.reports.overlay import make_pass


def test_it_works(context: BrowserContext, site: HostSite, live_cast: Cast) -> None:
    page = context.new_page()
    site.open(page)
    page.evaluate("new Promise((done) => vcsm('on', 'ready', done))")
    for _ in range(6):
        page.get_by_test_id("pay").click()
    mine = FrictionSignal.objects.filter(workspace=live_cast.acme, page="/pay").exclude(element="")
    give_up = time.monotonic() + 30
    while not mine.exists() and time.monotonic() < give_up:
        page.wait_for_timeout(100)
    page.close()
    sessions = list(Session.objects.filter(workspace=live_cast.acme).values_list("pk", flat=True))
    server_side(lambda: count_sessions(workspace_id=live_cast.acme.pk, sessions=sessions))
    token = server_side(lambda: make_pass(live_cast.alice, now=datetime.now(UTC)))

    page = context.new_page()
    site.open(page, f"/pay#vcsm-inspect={token}")

    expect(page.locator(".badge")).to_contain_text("100 % ")
    box, button = page.locator(".box").bounding_box(), page.get_by_test_id("pay").bounding_box()
    assert box is not None
    assert button is not None
    assert all(abs(box[side] - button[side]) <= 1 for side in ("x", "y", "width", "height"))
    expect(page.get_by_role("status")).to_contain_text("Friction on this page")
    assert "vcsm-inspect" not in page.url
    page.get_by_test_id("pay").click()  # what a member clicks is nobody's friction
    page.keyboard.press("Escape")
    expect(page.locator(".badge")).to_have_count(0)
    assert Session.objects.filter(workspace=live_cast.acme).count() == len(sessions)

    page.goto("about:blank")
    site.open(page, "/pay#vcsm-inspect=made.up.pass")
    expect(page.get_by_role("status")).to_have_text("This pass is not valid.")


def test_where_product_and_vcsm_share_an_origin_a_browser_does_not_name_it(
    context: BrowserContext, site: HostSite, live_cast: Cast
) -> None:
    site.attributes = ""  # its server is where the script is from
    token = server_side(lambda: make_pass(live_cast.alice, now=datetime.now(UTC)))
    page = context.new_page()
    shared = f"{site.stack.origin}/shared"
    page.route(shared, lambda route: route.fulfill(body=site.html(), content_type="text/html"))
    page.goto(f"{shared}#vcsm-inspect={token}")
    expect(page.get_by_role("status")).to_contain_text("No friction was met on this page")
