"""Accounts, search and set-up in a real browser: by the keyboard, live, hostile text, axe."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import AXE, elsewhere, sign_in
from tests.browser.host_page import HostSite, host_site
from tests.cast import ORIGIN, Cast
from tests.console.scene import Scene, make_scene
from tests.stack import Stack
from vcsm.accounts.identity_keys import live_identity_keys
from vcsm.accounts.models import Account, Contact, WidgetKey
from vcsm.accounts.proof import check_token
from vcsm.conversations.models import Message
from vcsm.conversations.post import post_message
from vcsm.dead_letters.keep import Failed, keep
from vcsm.dead_letters.models import DeadLetter

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.hit=1"> \u202egnp.evil\u202c Z\u0337\u0322\u031ba'


@pytest.fixture
def scene(live_cast: Cast, committed: None) -> Scene:
    return elsewhere(lambda: _hostile(live_cast))


def _hostile(cast: Cast) -> Scene:
    scene = make_scene(cast)
    Account.objects.filter(pk=cast.kestrel.pk).update(name=f"Kestrel {HOSTILE}")
    Contact.objects.filter(pk=cast.vera.pk).update(name=f"Vera {HOSTILE}")
    post_message(
        conversation=scene.conversation,
        author=Message.Author.CONTACT,
        text=f"export {HOSTILE}",
        now=datetime.now(tz=UTC),
    )
    return scene


@pytest.fixture
def bob(browser: Browser, stack: Stack, scene: Scene) -> Iterator[Page]:
    # axe is put into the page by the test, past the console's own policy, which other tests keep.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    sign_in(page, stack, scene.cast.bob.user.username)
    yield page
    assert page.evaluate("window.hit") is None
    context.close()
    assert problems == []


def axe_clean(page: Page, where: str) -> None:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document.querySelector('main'), {resultTypes: ['violations']})")
    assert [(where, one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_an_account_is_found_and_read_by_the_keyboard(bob: Page, stack: Stack) -> None:
    bob.goto(f"{stack.origin}/console/accounts")
    expect(bob.get_by_test_id("account-row")).to_have_count(1)
    axe_clean(bob, "accounts")
    bob.keyboard.press("f")
    bob.keyboard.type("nobody of that name")
    expect(bob.get_by_text("No account matches")).to_be_visible()
    axe_clean(bob, "no account")
    bob.get_by_test_id("account-find").fill("kestrel")
    bob.wait_for_url("**/accounts?find=kestrel")
    bob.get_by_test_id("account-find").blur()
    expect(bob.get_by_test_id("account-row")).to_have_count(1)
    bob.keyboard.press("j")
    bob.keyboard.press("Enter")
    expect(bob.get_by_test_id("account-escalations").get_by_role("link")).to_have_count(1)
    expect(bob.locator("h1")).to_contain_text("<img src=x onerror=")
    expect(bob.get_by_test_id("account-conversations")).to_contain_text("<img src=x")
    axe_clean(bob, "account")
    bob.get_by_role("button", name="Change the record").click()
    bob.get_by_label("Plan").fill("Scale")
    bob.get_by_role("button", name="Save").click()
    expect(bob.get_by_test_id("account-facts")).to_contain_text("Scale")


def test_one_box_finds_everything_and_marks_why(bob: Page, stack: Stack, scene: Scene) -> None:
    bob.goto(f"{stack.origin}/console/search")
    expect(bob.get_by_test_id("search-box")).to_be_focused()
    bob.keyboard.type("expo")
    message = bob.locator("[data-kind=message]").first
    expect(message.locator("mark")).to_have_text("expo")
    expect(message).to_contain_text("<img src=x onerror=")
    axe_clean(bob, "search")
    bob.wait_for_url("**/search?q=expo")
    bob.keyboard.press("ArrowDown")
    bob.keyboard.press("Enter")
    bob.wait_for_url(f"**/escalations/{scene.escalation.pk}*")
    bob.goto(f"{stack.origin}/console/search?q=nothing-has-these-letters-9131")
    expect(bob.get_by_text("Nothing found")).to_be_visible()


def test_the_first_event_and_a_refused_page_are_seen_arriving(
    bob: Page, stack: Stack, scene: Scene
) -> None:
    """Nothing is reloaded: the socket says when to look again."""
    elsewhere(lambda: WidgetKey.objects.filter(workspace=scene.cast.acme).delete())
    bob.goto(f"{stack.origin}/console/settings")
    bob.get_by_label("Origin of your product").fill("https://elsewhere.example")
    bob.get_by_role("button", name="Make a key").click()
    expect(bob.get_by_test_id("arrival")).to_contain_text("Waiting for the first event")
    axe_clean(bob, "waiting")
    tag = bob.get_by_test_id("snippet-any-page").inner_text()
    key = re.search(r'data-key="([^"]+)"', tag)
    assert key is not None and tag.startswith(f'<script async src="{stack.origin}/static/')
    with host_site(stack, key[1]) as site:
        product = bob.context.new_page()
        site.document = f"<!doctype html><title>Plain</title><button>Go</button>{tag}"
        _visit(site, product)
        expect(bob.get_by_test_id("turned-away")).to_contain_text(site.origin)
        bob.get_by_role("button", name="Add this origin").click()
        expect(bob.get_by_test_id("turned-away")).to_have_count(0)
        _visit(site, product)
        expect(bob.get_by_test_id("arrival")).to_contain_text("Events arrive")
        axe_clean(bob, "arrived")


def _visit(site: HostSite, page: Page) -> None:
    page.goto(f"{site.origin}/plain")
    page.get_by_role("button", name="Go").click()


def test_work_that_failed_is_seen_run_again_and_dropped(
    bob: Page, stack: Stack, scene: Scene
) -> None:
    workspace = scene.cast.acme.pk
    tasks = ["assistant.sweep", "none.such"]
    elsewhere(lambda: [_failed(task, workspace) for task in tasks])
    bob.goto(f"{stack.origin}/console/settings/failed")
    expect(bob.get_by_test_id("letter")).to_have_count(2)
    axe_clean(bob, "failed work")
    sweep = bob.get_by_test_id("letter").filter(has_text="assistant.sweep")
    sweep.get_by_role("button", name="Run again").click()
    # The worker does it and settles the letter.
    settled = DeadLetter.objects.filter(workspace_id=workspace, outcome="done", settled_by="Bob")
    for _ in range(300):
        if elsewhere(settled.exists):
            break
        bob.wait_for_timeout(100)
    bob.reload()
    expect(bob.get_by_test_id("letter")).to_have_count(1)
    other = bob.get_by_test_id("letter").filter(has_text="none.such")
    other.get_by_role("button", name="Drop").click()
    other.get_by_role("button", name="Give it up").click()
    expect(bob.get_by_text("Nothing has failed for good")).to_be_visible()


def _failed(task: str, workspace: int) -> None:
    told = Failed(task=task, arguments={}, error=ValueError(), workspace_id=workspace)
    keep(told, now=datetime.now(tz=UTC))


def test_every_part_of_the_set_up_is_clean_and_works(bob: Page, stack: Stack) -> None:
    for part in ("workspace", "keys", "identity", "members", "flows", "help", "failed", "pages"):
        bob.goto(f"{stack.origin}/console/settings/{part}")
        expect(bob.get_by_test_id("settings")).to_be_visible()
        expect(bob.locator(".skeleton")).to_have_count(0)
        axe_clean(bob, part)
    bob.get_by_label("Page (path").fill("/billing/*")
    bob.get_by_label("Team").fill(HOSTILE[:60])
    bob.get_by_role("button", name="Save").click()
    expect(bob.get_by_test_id("page-owner")).to_contain_text("<img src=x")

    bob.goto(f"{stack.origin}/console/settings/flows")
    bob.get_by_role("button", name="Add a flow").click()
    bob.get_by_label("Name", exact=True).fill("Sign up")
    for step, path in zip(bob.get_by_test_id("flow-step").all(), ("/a", "/b"), strict=True):
        step.get_by_label("Path").fill(path)
    axe_clean(bob, "a flow")
    bob.get_by_role("button", name="Put in force").click()
    expect(bob.get_by_role("button", name="Undo")).to_have_count(0)

    bob.goto(f"{stack.origin}/console/settings/members")
    bob.get_by_test_id("invite").get_by_label("Name").fill("Dora")
    bob.get_by_label("E-mail").fill("dora@acme.example")
    bob.get_by_role("button", name="Make the link").click()
    expect(bob.get_by_test_id("invite-link")).to_contain_text("/console/join/")
    expect(bob.get_by_test_id("invited")).to_contain_text("dora@acme.example")
    bob.get_by_role("button", name="Withdraw").click()
    expect(bob.get_by_test_id("invited")).to_have_count(0)
    axe_clean(bob, "invited")
    bob.goto(f"{stack.origin}/console/settings/identity")
    bob.get_by_test_id("make-secret").click()
    expect(bob.get_by_test_id("secret")).to_be_visible()
    axe_clean(bob, "secret")


def test_another_currency_is_confirmed_and_seen_on_every_open_page(bob: Page, stack: Stack) -> None:
    other = bob.context.new_page()
    # A hint reaches whoever has joined: the server joins a socket before it opens.
    other.add_init_script(HEARS)
    other.goto(f"{stack.origin}/console/accounts")
    expect(other.get_by_test_id("account-row")).to_contain_text("$48K")
    other.wait_for_function("window.hears === true")

    bob.goto(f"{stack.origin}/console/settings/workspace")
    chosen, sure = bob.get_by_role("combobox", name="Currency"), bob.get_by_test_id("currency-sure")
    chosen.select_option("JPY")
    expect(sure).to_contain_text("what is $48,000 now is called ¥48,000 from then on")
    axe_clean(bob, "another currency")
    sure.get_by_role("button", name="Keep USD").click()
    expect(sure).to_have_count(0)
    expect(chosen).to_have_value("USD")
    chosen.select_option("JPY")
    sure.get_by_role("button", name="Call them JPY").click()
    expect(bob.get_by_test_id("currency")).to_contain_text("are amounts in JPY")
    expect(sure).to_have_count(0)

    expect(other.get_by_test_id("account-row")).to_contain_text("¥48K")
    expect(other.get_by_title("¥48,000")).to_have_count(1)


HEARS = """
const { WebSocket: Plain } = window
window.WebSocket = class extends Plain {
  constructor(...where) {
    super(...where)
    this.addEventListener('open', () => { window.hears = true })
  }
}
"""


def test_what_is_copied_from_the_identity_page_proves_who_is_there(
    bob: Page, stack: Stack, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The secret and the Python sample as they stand there; the others are the same claims."""
    bob.goto(f"{stack.origin}/console/settings/identity")
    bob.get_by_test_id("make-secret").click()
    secret = bob.get_by_test_id("secret").locator("pre").inner_text()
    monkeypatch.setenv("VCSM_IDENTITY_SECRET", secret)
    samples = bob.get_by_test_id("identity-samples")
    expect(samples.locator("summary")).to_have_count(5)
    slug = scene.cast.acme.slug
    kid = bob.get_by_test_id("identity-keys").locator("code").last.inner_text()
    for sample in samples.locator("pre").all():
        text = sample.text_content() or ""
        assert all(part in text for part in (kid, slug, "VCSM_IDENTITY_SECRET")), text
    product: dict[str, Any] = {}
    exec(samples.get_by_role("region", name="Python").inner_text(), product)
    company = SimpleNamespace(id="kestrel", name="Kestrel Coffee")
    vera = SimpleNamespace(id="vera", name="Vera", email="vera@kestrel.example", company=company)
    claims = check_token(
        product["vcsm_token"](vera),
        keys=elsewhere(lambda: live_identity_keys(scene.cast.acme.pk)),
        audience=slug,
        origin=ORIGIN,
        now=datetime.now(tz=UTC),
    )
    assert (claims.contact, claims.account) == ("vera", "kestrel")


def test_an_admin_asks_everybody_for_a_second_factor(
    bob: Page, stack: Stack, scene: Scene, browser: Browser
) -> None:
    alice = browser.new_context().new_page()
    sign_in(alice, stack, scene.cast.alice.user.username)
    bob.goto(f"{stack.origin}/console/settings/members")
    factors = bob.get_by_test_id("second-factors")
    factors.get_by_role("button", name="Ask everybody").click()
    expect(bob.get_by_role("alert")).to_contain_text("Set up your own second factor first")
    factors.get_by_role("link", name="Set it up").click()
    secret = bob.locator("code").inner_text()
    bob.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    bob.get_by_role("button", name="Turn it on").click()
    expect(bob.locator("li code")).to_have_count(10)
    bob.get_by_role("link", name="To the console").click()
    bob.goto(f"{stack.origin}/console/settings/members")
    factors.get_by_role("button", name="Ask everybody").click()
    expect(factors).to_contain_text("The workspace asks everybody for one.")
    axe_clean(bob, "members")
    # Her open page is told at once.
    alice.get_by_test_id("set-up-factor").click()
    expect(alice.get_by_text("opens when yours is set up")).to_be_visible()
    alice.goto(f"{stack.origin}/console/queue")
    alice.wait_for_url("**/console/second-factor")
    alice.context.close()
