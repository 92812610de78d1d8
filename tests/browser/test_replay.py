"""Session replay in real browsers: nothing a contact reads or types leaves the page, it is sent
only when asked for, and a member sees it played."""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.browser.console_page import elsewhere
from tests.browser.host_page import HostSite, host_site, strict_policy
from tests.cast import PASSWORD, Cast
from tests.console.scene import Scene, make_scene
from tests.stack import Stack
from vcsm.escalation.models import Escalation
from vcsm.friction.models import FrictionSignal
from vcsm.replay.models import ReplayAsk, ReplayChunk
from vcsm.replay.store import store_chunk
from vcsm.replay.switch import turn_off, turn_on
from vcsm.replay.unpack import unpack_replay

pytestmark = pytest.mark.browser

MARKER = "zebra4711secret"
BODY = f"""
<main id="account-{MARKER}" class="plain">
  <h1 title="{MARKER}">Dear {MARKER}</h1><!-- {MARKER} -->
  <a href="/people/{MARKER}?name={MARKER}" aria-label="{MARKER}" data-name="{MARKER}">profile</a>
  <form>
    <input data-testid=name placeholder="{MARKER}"><input type=password data-testid=password>
    <textarea data-testid=letter></textarea><input type=hidden value="{MARKER}">
    <input type=checkbox data-testid=agree value="{MARKER}"><input type=submit value="{MARKER}">
    <select data-testid=choice><optgroup label="{MARKER}"><option>none</option>
      <option value="{MARKER}">{MARKER}</option></optgroup></select>
  </form>
  <div contenteditable data-testid=editor></div>
  <img alt="{MARKER}" src="/portraits/{MARKER}.png" width=80 height=80>
  <p style="--name: '{MARKER}'; background: url(/portraits/{MARKER}.png)">styled</p>
  <svg viewBox="0 0 10 10"><title>{MARKER}</title><text>{MARKER}</text></svg>
  <iframe srcdoc="<p>{MARKER}</p>" title="{MARKER}"></iframe>
  <div data-testid=host></div><button data-testid=pay>Pay now</button>
</main>
"""
CHANGES = """(marker) => {
  document.title = marker
  const host = document.querySelector('[data-testid=host]')
  const shadow = host.attachShadow({ mode: 'open' })
  const inside = document.createElement('p')
  inside.textContent = marker
  shadow.append(inside)
  const note = document.createElement('p')
  note.className = 'note'
  note.append('Balance of ' + marker)
  document.querySelector('main').append(note)
  note.setAttribute('title', marker)
  note.style.setProperty('--who', `"${marker}"`)
  note.firstChild.data = 'Owed by ' + marker
  document.querySelector('[data-testid=letter]').value = marker
  history.pushState({}, '', '/pay/' + marker + '?token=' + marker)
}"""


@pytest.fixture
def site(stack: Stack, live_cast: Cast, committed: None) -> Iterator[HostSite]:
    turn_on(workspace_id=live_cast.acme.pk, by=live_cast.bob, now=datetime.now(UTC))
    with host_site(stack, live_cast.key.key) as running:
        running.policy = strict_policy(stack.origin)
        running.body = BODY
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    yield context
    context.close()


def eventually(check: Callable[[], Any], seconds: float = 30) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := check()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)
    return found


def asked_for(page: Page, file: str) -> bool:
    """Whether the page has fetched a part of the widget."""
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert any("visit.js" in name for name in names), "the widget has not loaded its parts"
    return any(file in name for name in names)


def open_and_record(site: HostSite, page: Page) -> None:
    with page.expect_response(lambda response: "replay.js" in response.url):
        site.open(page)
    page.wait_for_load_state("networkidle")


def write_everywhere(page: Page) -> None:
    for name in ("name", "password", "letter", "editor"):
        page.get_by_test_id(name).click()
        page.keyboard.type(MARKER)
    page.get_by_test_id("agree").check()
    page.get_by_test_id("choice").select_option(MARKER)
    page.evaluate(CHANGES, MARKER)
    page.locator("[data-vcsm=launcher]").click()
    page.locator("[data-vcsm=composer]").fill(MARKER)
    page.wait_for_timeout(700)  # rrweb gathers what changes before it tells


def ask_for_a_person(page: Page) -> None:
    page.locator("[data-vcsm=composer]").fill("I want to talk to a human, please")
    page.locator("[data-vcsm=send]").click()


def stored(cast: Cast) -> list[dict[str, Any]]:
    chunks = ReplayChunk.objects.filter(session__workspace=cast.acme).order_by("sequence")
    return [event for chunk in chunks for event in json.loads(gzip.decompress(chunk.body))]


def escalate(site: HostSite, page: Page, cast: Cast) -> Escalation:
    open_and_record(site, page)
    for _ in range(6):
        page.get_by_test_id("pay").click(delay=60)  # does nothing
    eventually(lambda: FrictionSignal.objects.filter(workspace=cast.acme).exists())
    page.locator("[data-vcsm=launcher]").click()
    ask_for_a_person(page)
    eventually(lambda: stored(cast))
    return Escalation.objects.get(workspace=cast.acme)


def test_it_works(
    site: HostSite, context: BrowserContext, browser: Browser, stack: Stack, live_cast: Cast
) -> None:
    site.body = f"<main><h1>Dear {MARKER}</h1><button data-testid=pay>Pay now</button></main>"
    escalation = escalate(site, context.new_page(), live_cast)
    assert escalation.session.replay_chunks.exists()
    assert site.troubles == []

    members = browser.new_context(viewport={"width": 1440, "height": 1000})
    console = members.new_page()
    troubles: list[str] = []
    console.on("pageerror", lambda error: troubles.append(str(error)))
    sign_in(console, stack, live_cast)
    console.goto(f"{stack.origin}/console/escalations/{escalation.pk}")
    console.get_by_test_id("replay-play").click()
    player = console.frame_locator("[data-testid=replay-frame]")
    recorded = recorded_page(player)
    expect(recorded.locator("h1")).to_have_text("**** " + "*" * len(MARKER))
    expect(recorded.locator("button")).to_have_text("*** ***")
    mark = player.get_by_test_id("player-mark").first
    expect(mark).to_contain_text("clicks", ignore_case=True)
    player.get_by_test_id("player-seek").fill("100")
    mark.click()
    expect(player.get_by_test_id("player-toggle")).to_have_text("Pause")
    assert MARKER not in recorded.locator("html").inner_html()
    assert troubles == []
    members.close()


def sign_in(page: Page, stack: Stack, cast: Cast) -> None:
    page.goto(f"{stack.origin}/console/login")
    page.fill("#id_username", cast.alice.user.username)
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/console/")


def recorded_page(player: FrameLocator) -> FrameLocator:
    return player.frame_locator("iframe")


def test_nothing_that_is_read_or_typed_leaves_the_page(
    site: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    open_and_record(site, page)
    write_everywhere(page)
    ask_for_a_person(page)
    eventually(lambda: stored(live_cast))

    events = stored(live_cast)
    kinds = {event["type"] for event in events}
    sources = {event["data"].get("source") for event in events if event["type"] == 3}
    assert {2, 4} <= kinds, "no snapshot: nothing was recorded that could hold the marker"
    assert {0, 5} <= sources, "neither the changes nor what was typed were recorded"
    text = json.dumps(events)
    assert "*" * len(MARKER) in text, "the text around is not there: the test looks at nothing"
    for leak in (MARKER, MARKER.upper(), MARKER[:8], "Balance", "Pay now", "human"):
        assert leak not in text


RECORDED = """
Object.entries(sessionStorage).filter(([key]) => key.endsWith(':replay')).join()
"""
"""What is recorded and waits. Events that wait beside it name the path of their page."""


def test_what_waits_for_the_next_page_is_masked_too(
    site: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    open_and_record(site, page)
    write_everywhere(page)
    page.route("**/replay.js*", lambda route: route.abort())  # so that it stays to be looked at
    page.goto(f"{site.origin}/between")
    kept = page.evaluate(RECORDED)
    page.unroute("**/replay.js*")
    with page.expect_response(lambda response: "replay.js" in response.url):
        page.goto(f"{site.origin}/next")
    page.locator("[data-vcsm=launcher]").click()
    ask_for_a_person(page)

    eventually(lambda: {"pay", "next"} <= pages(live_cast))
    assert "*" * len(MARKER) in kept, "nothing was kept: the test looks at nothing"
    assert MARKER not in kept
    assert MARKER not in json.dumps(stored(live_cast))


def pages(cast: Cast) -> set[str]:
    """The first part of the path of every page that was recorded."""
    return {event["data"]["href"].split("/")[3] for event in stored(cast) if event["type"] == 4}


def test_turned_off_nothing_is_fetched_recorded_or_sent(
    site: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    turn_off(workspace_id=live_cast.acme.pk)
    page = context.new_page()
    site.open(page)
    page.locator("[data-vcsm=launcher]").click()
    ask_for_a_person(page)
    eventually(lambda: Escalation.objects.filter(workspace=live_cast.acme).exists())
    page.wait_for_load_state("networkidle")

    assert not asked_for(page, "replay.js")
    assert not ReplayAsk.objects.filter(session__workspace=live_cast.acme).exists()


def test_without_consent_nothing_is_fetched(site: HostSite, context: BrowserContext) -> None:
    site.attributes = "data-consent=required"
    requests: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: requests.append(request.url))
    site.open(page)
    page.wait_for_load_state("networkidle")
    assert any("vcsm.js" in url for url in requests)
    assert not any("replay.js" in url for url in requests)

    with page.expect_response(lambda response: "replay.js" in response.url):
        page.evaluate("vcsm('consent', true)")


def test_a_browser_that_asks_for_privacy_is_never_recorded(
    site: HostSite, context: BrowserContext
) -> None:
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })"
    )
    site.open(page)
    page.evaluate("vcsm('consent', true)")
    page.locator("[data-vcsm=launcher]").wait_for()
    page.wait_for_load_state("networkidle")

    assert not asked_for(page, "replay.js")


EVIL = "https://evil.example"
HOSTILE = [
    {"tagName": "script", "attributes": {"src": f"{EVIL}/a.js"}, "text": "top.pwned = 1"},
    {"tagName": "img", "attributes": {"src": f"{EVIL}/b.png", "onerror": "top.pwned = 1"}},
    {"tagName": "iframe", "attributes": {"srcdoc": "<script>top.pwned = 1</script>"}},
    {"tagName": "meta", "attributes": {"http-equiv": "refresh", "content": f"0;url={EVIL}/c"}},
    {"tagName": "link", "attributes": {"rel": "stylesheet", "href": f"{EVIL}/d.css"}},
    {"tagName": "link", "attributes": {"rel": "preconnect", "href": EVIL}},
    {"tagName": "base", "attributes": {"href": EVIL}},
    {"tagName": "a", "attributes": {"href": "javascript:top.pwned = 1"}, "text": "go"},
    {"tagName": "svg", "isSVG": True, "attributes": {"onload": "top.pwned = 1"}},
    {"tagName": "style", "attributes": {}, "text": f"@import url({EVIL}/e.css);"},
    {"tagName": "style", "attributes": {"_cssText": f"body{{background:u\\72l({EVIL}/f.png)}}"}},
    {"tagName": "object", "attributes": {"data": f"{EVIL}/g"}},
    {"tagName": "input", "attributes": {"autofocus": "", "onfocus": "top.pwned = 1"}},
    {"tagName": "h1", "attributes": {}, "text": "played"},
]


def hostile_recording() -> bytes:
    """What somebody with a widget key and a session may send in a recording's stead."""
    body: list[dict[str, Any]] = []
    for number, one in enumerate(HOSTILE):
        inner = [{"type": 3, "id": 1000 + number, "textContent": one.get("text", "")}]
        body.append({"type": 2, "id": 100 + number, "childNodes": inner, **one})
    html = [
        {"type": 2, "id": 3, "tagName": "head", "attributes": {}, "childNodes": []},
        {"type": 2, "id": 4, "tagName": "body", "attributes": {}, "childNodes": body},
    ]
    page = {"type": 2, "id": 2, "tagName": "html", "attributes": {}, "childNodes": html}
    node = {"type": 0, "id": 1, "childNodes": [page]}
    size = {"href": f"{EVIL}/", "width": 800, "height": 600}
    corner = {"left": 0, "top": 0}
    later = {"id": 113, "attributes": {"onclick": "top.pwned = 1", "style": 7, "class": ["x"]}}
    change = {"source": 0, "texts": [], "adds": [None], "removes": [], "attributes": [later]}
    events = [
        {"type": 4, "timestamp": 1_000, "data": size},
        {"type": 2, "timestamp": 1_010, "data": {"node": node, "initialOffset": corner}},
        {"type": 3, "timestamp": 1_020, "data": change},
        {"type": 3, "timestamp": 1_030, "data": None},
        {"type": 3, "timestamp": 9_000, "data": {"source": 3, "id": 1, "x": 0, "y": 0}},
    ]
    return json.dumps(events).encode()


def recorded_scene(cast: Cast) -> Scene:
    """A recording of its session was asked for."""
    turn_on(workspace_id=cast.acme.pk, by=None, now=datetime.now(UTC))
    scene = elsewhere(lambda: make_scene(cast))
    ReplayAsk.objects.create(session=scene.session, asked_at=datetime.now(UTC))
    return scene


def test_where_a_piece_is_missing_the_player_says_so(
    browser: Browser, stack: Stack, live_cast: Cast, committed: None
) -> None:
    scene = recorded_scene(live_cast)
    scroll = {"source": 3, "id": 1, "x": 0, "y": 0}
    later = json.dumps([{"type": 3, "timestamp": 43_000, "data": scroll}]).encode()
    for sequence, body in ((1, hostile_recording()), (3, later)):
        chunk = unpack_replay(body, packed=False)
        now = datetime.now(UTC)
        store_chunk(session=scene.session, sequence=sequence, chunk=chunk, offset_ms=0, now=now)
    page = browser.new_page()
    sign_in(page, stack, live_cast)
    page.goto(f"{stack.origin}/console/escalations/{scene.escalation.pk}")
    page.get_by_test_id("replay-play").click()
    player = page.frame_locator("[data-testid=replay-frame]")
    expect(player.get_by_test_id("player-holes")).to_contain_text("is missing before 0:42.")
    page.close()


def test_a_hostile_recording_runs_and_fetches_nothing(
    browser: Browser, stack: Stack, live_cast: Cast, committed: None
) -> None:
    scene = recorded_scene(live_cast)
    chunk = unpack_replay(hostile_recording(), packed=False)
    now = datetime.now(UTC)
    store_chunk(session=scene.session, sequence=1, chunk=chunk, offset_ms=0, now=now)
    members = browser.new_context()
    page = members.new_page()
    requests: list[str] = []
    members.on("requestfinished", lambda request: requests.append(request.url))
    members.on(
        "requestfailed",
        # What the policy stops is announced all the same; it has not left the browser.
        lambda request: requests.append(request.url) if request.failure != "csp" else None,
    )
    sign_in(page, stack, live_cast)
    page.goto(f"{stack.origin}/console/escalations/{scene.escalation.pk}")
    page.get_by_test_id("replay-play").click()

    player = page.frame_locator("[data-testid=replay-frame]")
    expect(recorded_page(player).locator("h1")).to_have_text("******")
    page.wait_for_timeout(1_000)
    assert page.evaluate("window.pwned") is None
    assert any("/replay/chunk" in url for url in requests)
    assert not [url for url in requests if not url.startswith((stack.origin, "data:"))]
    assert player.locator("iframe").get_attribute("sandbox") == "allow-same-origin"
    members.close()
