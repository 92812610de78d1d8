"""Browsers for the tests of this folder, and the demo bank's data."""

import os
from collections.abc import Iterator
from pathlib import Path

# Playwright's synchronous driver keeps an event loop running in this thread. Django would therefore
# take every query here for one inside a coroutine, which it is not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.console_page import elsewhere, member_page
from tests.browser.fixture_page import build
from tests.browser.host_page import HostSite, Wire, host_site
from tests.cast import Cast
from tests.console.scene import Scene, make_scene
from tests.stack import Stack
from vcsm.benchmark.browser_binary import launch_options

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser per module: an open driver's event loop would disturb asynchronous tests."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(**launch_options())
        yield running
        running.close()


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the capture built as one module that needs no loader."""
    return build("capture", tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def logins(stack: Stack, django_db_blocker: object) -> dict[str, str]:
    """Seeds the demo bank; returns its members' passwords by name."""
    from vcsm.demo.seed import seed

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return seed(lambda line: None)


@pytest.fixture
def committed(django_db_blocker: object) -> Iterator[None]:
    """Reads and writes what the servers see; nothing is rolled back."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield


@pytest.fixture
def wire(stack: Stack) -> Iterator[Wire]:
    """The widget's connection to the server, which a test can cut."""
    wire = Wire(stack.port)
    yield wire
    wire.close()


@pytest.fixture
def site(stack: Stack, live_cast: Cast, committed: None, wire: Wire) -> Iterator[HostSite]:
    """A page of Acme's product with the widget in it, connected through `wire`."""
    with host_site(stack, live_cast.key.key) as running:
        running.attributes = f'data-server="{wire.origin}"'
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def scene(live_cast: Cast) -> Scene:
    """An open escalation with its conversation."""
    return elsewhere(lambda: make_scene(live_cast))


@pytest.fixture
def alice(browser: Browser, stack: Stack, scene: Scene) -> Iterator[Page]:
    """Alice's console, signed in."""
    with member_page(browser, stack, scene.cast.alice.user.username) as page:
        yield page
