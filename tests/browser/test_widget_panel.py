"""The panel as a contact uses it: by keyboard, with a member, in two tabs, without a net."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.host_page import HostSite, Wire, server_side
from tests.browser.patience import until
from tests.cast import Cast
from vcsm.accounts.models import Member
from vcsm.conversations.models import Conversation, Message
from vcsm.conversations.nudges import offer_nudge
from vcsm.conversations.post import conversation_of, post_message
from vcsm.escalation.models import Escalation
from vcsm.escalation.work import resolve, take_over
from vcsm.events.models import Session

LAUNCHER, PANEL, COMPOSER = "[data-vcsm=launcher]", "[data-vcsm=panel]", "[data-vcsm=composer]"
FOCUS = "document.activeElement.shadowRoot?.activeElement?.dataset.vcsm"


@pytest.fixture
def page(context: BrowserContext, site: HostSite) -> Page:
    page = context.new_page()
    site.open(page)
    page.evaluate("new Promise((done) => vcsm('on', 'ready', done))")
    return page


@pytest.fixture
def conversation(page: Page, live_cast: Cast) -> Conversation:
    session = Session.objects.get(workspace=live_cast.acme)
    return conversation_of(session)


def message(page: Page, author: str) -> Locator:
    return page.locator(f"[data-vcsm=message][data-author={author}]").last


def now() -> datetime:
    return datetime.now(UTC)


def write(conversation: Conversation, text: str, member: Member | None = None) -> None:
    author = Message.Author.MEMBER if member else Message.Author.ASSISTANT
    server_side(
        lambda: post_message(
            conversation=conversation, author=author, member=member, text=text, now=now()
        )
    )


def nudge(session: Session, source: dict[str, str] | None = None) -> None:
    server_side(
        lambda: offer_nudge(
            session=session,
            cause="/pay button",
            page="/pay",
            element="button-1",
            title="Stuck at Pay now?",
            text="Confirm the payee first.",
            source=source,
            now=now(),
        )
    )


def test_it_works(page: Page, live_cast: Cast, conversation: Conversation) -> None:
    page.locator(LAUNCHER).click()
    page.locator(COMPOSER).fill("I'd like to talk to a person")
    page.keyboard.press("Enter")
    # The first answer of a run waits for the worker to load its model.
    expect(message(page, "assistant")).to_contain_text("Alice")
    alice = live_cast.alice
    called = server_side(lambda: Escalation.objects.get(conversation=conversation).pk)
    server_side(lambda: take_over(escalation_id=called, member_id=alice.pk, now=now()))
    expect(page.locator("[data-vcsm=state]")).to_have_text("Alice is here with you")
    write(conversation, "Hello Vera", member=alice)
    expect(message(page, "member")).to_contain_text("Hello Vera")
    server_side(
        lambda: resolve(
            escalation_id=called, member_id=alice.pk, done=True, worked=True, false_alarm=False,
            note="", now=now(),
        )
    )  # fmt: skip
    expect(page.locator("[data-vcsm=state]")).to_contain_text("Assistant")
    # Asked where the contact is: in the conversation they never left.
    page.get_by_role("button", name="Good", exact=True).click()
    until(page, lambda: server_side(lambda: conversation.ratings.filter(score=4).exists()))


def test_all_of_it_by_keyboard(page: Page) -> None:
    page.locator(LAUNCHER).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Acme help")).to_be_visible()
    page.wait_for_function(f"{FOCUS} === 'composer'")
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")
    expect(message(page, "contact")).to_contain_text("one\ntwo")
    page.keyboard.press("Escape")
    page.locator(PANEL).wait_for(state="detached")
    page.wait_for_function(f"{FOCUS} === 'launcher'")


def test_what_arrives_is_read_out_and_counted(page: Page, conversation: Conversation) -> None:
    write(conversation, "first")
    write(conversation, "second")
    expect(page.get_by_role("button", name="Help, 2 new messages")).to_be_visible()
    page.locator(LAUNCHER).click()
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_contain_text("second")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Help", exact=True)).to_be_visible()
    page.reload()  # history is not news
    page.evaluate("new Promise((done) => vcsm('on', 'ready', done))")
    page.locator(LAUNCHER).hover()
    page.wait_for_timeout(500)
    expect(page.get_by_role("button", name="Help", exact=True)).to_be_visible()


def test_keys_pressed_in_the_panel_do_not_reach_the_page(page: Page) -> None:
    page.evaluate("window.keys = []; addEventListener('keydown', (event) => keys.push(event.key))")
    page.locator(LAUNCHER).click()
    page.locator(COMPOSER).fill("")
    page.keyboard.type("jke?")
    assert page.evaluate("window.keys") == []


def test_a_message_without_a_net_says_so_and_goes_later(page: Page, wire: Wire) -> None:
    page.locator(LAUNCHER).click()
    wire.cut()
    expect(page.locator("[data-vcsm=state]")).to_contain_text("No connection")
    page.locator(COMPOSER).fill("Later then")
    page.keyboard.press("Enter")
    expect(message(page, "contact")).to_have_attribute("data-state", "sending")
    wire.mend()
    expect(message(page, "contact")).to_have_attribute("data-state", "stored")


def test_an_hour_without_a_line_loses_nothing_and_doubles_nothing(
    context: BrowserContext, site: HostSite, live_cast: Cast, wire: Wire
) -> None:
    """By the clock of the page, which is ten minutes behind the server's, too."""
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC) - timedelta(minutes=10))
    site.open(page)
    page.evaluate("new Promise((done) => vcsm('on', 'ready', done))")
    thread = conversation_of(Session.objects.get(workspace=live_cast.acme))
    write(thread, "Before", live_cast.alice)
    page.locator(LAUNCHER).click()
    expect(message(page, "member")).to_contain_text("Before")
    wire.cut()
    expect(page.locator("[data-vcsm=state]")).to_contain_text("No connection")
    page.locator(COMPOSER).fill("Are you there?")
    page.keyboard.press("Enter")
    for number in range(5):
        write(thread, f"Meanwhile {number}", live_cast.alice)
        page.clock.fast_forward("12:00")
    expect(message(page, "contact")).to_have_attribute("data-state", "sending")
    wire.mend()
    page.clock.fast_forward("00:31")
    expect(message(page, "contact")).to_have_attribute("data-state", "stored")
    shown = page.locator("[data-vcsm=message] .words")
    wanted = ["Before", *(f"Meanwhile {number}" for number in range(5)), "Are you there?"]
    # Behind them stands the assistant's answer, sooner or later.
    until(page, lambda: shown.all_inner_texts()[: len(wanted)] == wanted)
    assert shown.get_by_text("Are you there?").count() == 1
    assert Message.objects.filter(conversation=thread, text="Are you there?").count() == 1


def test_too_long_a_text_is_kept_and_not_sent(page: Page, live_cast: Cast) -> None:
    page.locator(LAUNCHER).click()
    page.locator(COMPOSER).fill("ß" * 20_005)
    expect(page.get_by_text("Too long by 5 characters")).to_be_visible()
    expect(page.locator("[data-vcsm=send]")).to_be_disabled()
    page.keyboard.press("Enter")
    assert len(page.locator(COMPOSER).input_value()) == 20_005
    assert not Message.objects.filter(workspace=live_cast.acme).exists()


def test_a_nudge_answered_in_one_tab_is_answered_in_all(
    page: Page, context: BrowserContext, site: HostSite, conversation: Conversation
) -> None:
    other = context.new_page()
    site.open(other)
    other.evaluate("new Promise((done) => vcsm('on', 'ready', done))")
    nudge(Session.objects.filter(browser=conversation.browser_id).earliest("started_at"))
    for tab in (page, other):
        expect(tab.locator("[data-vcsm=nudge]")).to_contain_text("Stuck at Pay now?")
    page.locator("[data-vcsm=nudge-dismiss]").click()
    for tab in (page, other):
        tab.locator("[data-vcsm=nudge]").wait_for(state="detached")


def test_a_nudge_shows_its_article_as_the_assistants_words(
    page: Page, conversation: Conversation
) -> None:
    source = {"title": "Paying", "heading": "Payees", "url": "javascript:alert(1)"}
    nudge(Session.objects.get(browser=conversation.browser_id), source)
    card = page.get_by_role("status").locator("[data-vcsm=nudge]")
    card.get_by_role("button", name="Show me").click()
    expect(message(page, "assistant")).to_contain_text("Confirm the payee first.")
    expect(message(page, "assistant")).to_contain_text("Paying › Payees")
    assert page.locator("a[data-vcsm=source]").count() == 0  # such an address is no link


def test_another_contact_sees_nothing_of_the_one_before(
    page: Page, live_cast: Cast, conversation: Conversation
) -> None:
    write(conversation, "For Vera only")
    page.locator(LAUNCHER).click()
    expect(message(page, "assistant")).to_contain_text("For Vera only")
    page.keyboard.press("Escape")
    page.evaluate("vcsm('identify', { id: 'william', name: 'William' })")
    page.wait_for_timeout(300)
    page.evaluate("vcsm('open')")
    expect(page.locator("[data-vcsm=state]")).to_contain_text("Assistant")
    expect(page.get_by_text("For Vera only")).to_have_count(0)
    named = Session.objects.filter(workspace=live_cast.acme).values_list("contact__external_id")
    until(page, lambda: set(named) == {("vera",), ("william",)})
