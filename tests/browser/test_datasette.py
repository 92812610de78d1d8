"""The widget inside a product that we did not write: Datasette, through its own extra_js_urls."""

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.panel_scene import READY
from tests.browser.patience import until
from tests.cast import Cast
from tests.stack import Stack, free_port
from vcsm.events.models import Event, Session
from vcsm.friction.models import FrictionSignal


@pytest.fixture
def datasette(stack: Stack, live_cast: Cast, tmp_path: Path) -> Iterator[str]:
    """Its address; it serves one small table, and the widget with Acme's key."""
    database = tmp_path / "park.db"
    with sqlite3.connect(database) as park:
        park.execute("CREATE TABLE trees (id INTEGER PRIMARY KEY, species TEXT, height REAL)")
        park.executemany(
            "INSERT INTO trees (species, height) VALUES (?, ?)",
            [("Oak", 20.5), ("Ash", 17.0), ("Elm", 30.2)] * 20,
        )
    metadata = tmp_path / "metadata.json"
    script = f"{stack.origin}/static/widget/vcsm.js?key={live_cast.key.key}"
    metadata.write_text(json.dumps({"extra_js_urls": [script]}))
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "datasette", str(database), "-m", str(metadata), "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _wait_for(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str) -> str:
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return url
        except OSError:
            assert time.monotonic() < deadline, "Datasette did not start"
            time.sleep(0.1)


def _open(page: Page, url: str) -> None:
    """Shown, and the widget in it connected."""
    page.goto(url)
    page.evaluate(READY)


@pytest.mark.browser
def test_it_works(browser: Browser, datasette: str, live_cast: Cast, committed: None) -> None:
    page = browser.new_context().new_page()
    _open(page, f"{datasette}/park/trees")
    page.get_by_role("button", name="Apply").first.wait_for()

    # Looking for data that does not come, somebody reloads and reloads.
    for _ in range(4):
        page.reload()
        page.evaluate(READY)
        page.wait_for_timeout(300)
    page.locator("a", has_text="park").first.click()

    loops = FrictionSignal.objects.filter(workspace=live_cast.acme, kind="refresh_loop")
    until(page, loops.filter(page="/park/trees", count__gte=3).exists)
    session = Session.objects.get(workspace=live_cast.acme)
    events = Event.objects.filter(session_id=session.id)
    until(page, lambda: {"page", "click"} <= set(events.values_list("kind", flat=True)))
    assert loops.count() == 1


@pytest.mark.browser
def test_using_it_as_meant_is_no_friction(
    browser: Browser, datasette: str, live_cast: Cast, committed: None
) -> None:
    page = browser.new_context().new_page()
    _open(page, f"{datasette}/park")
    page.get_by_role("link", name="trees").first.click()
    page.locator("th a", has_text="height").click()
    page.locator("th a", has_text="height").click()
    page.locator("th .dropdown-menu-icon").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="CSV").first.wait_for()
    page.get_by_role("link", name="View and edit SQL").click()
    clicks = Event.objects.filter(session__workspace=live_cast.acme, kind="click")
    until(page, lambda: clicks.count() >= 3)
    page.wait_for_timeout(3_500)
    session = Session.objects.get(workspace=live_cast.acme)
    assert not FrictionSignal.objects.filter(session=session, retracted_at=None).exists()
