"""The console in a real browser, against the real server."""

import re
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Locator, Page, WebSocketRoute, expect

from tests.browser.console_page import elsewhere, sign_in
from tests.console.scene import Scene, add_signal
from tests.stack import Stack
from vcsm.accounts.models import Account, Contact
from vcsm.conversations.broadcast import typing_to_members
from vcsm.conversations.models import Conversation, Message
from vcsm.conversations.post import conversation_of, post_message
from vcsm.escalation.broadcast import escalation_changed
from vcsm.escalation.models import Escalation, Verdict
from vcsm.events.models import Session
from vcsm.problems.roll_up import count_sessions

pytestmark = pytest.mark.browser
T = TypeVar("T")
# How long to wait before giving up, on a machine that may be busy; nothing is timed here.


def contact_says(scene: Scene, text: str, conversation: Conversation | None = None) -> None:
    elsewhere(
        lambda: post_message(
            conversation=conversation or scene.conversation,
            author=Message.Author.CONTACT,
            text=text,
            now=datetime.now(tz=UTC),
        )
    )


def row(page: Page, escalation: Escalation) -> Locator:
    return page.locator(f'[data-testid=queue-row][data-escalation="{escalation.pk}"]')


def escalate(scene: Scene, name: str, *, score: float = 0.95) -> Escalation:
    """Another contact is stuck, and the consoles are told."""
    now = datetime.now(tz=UTC)
    account = Account.objects.create(
        workspace=scene.cast.acme, external_id=name[:100], name=f"{name[:100]} Inc"
    )
    contact = Contact.objects.create(workspace=scene.cast.acme, account=account, name=name)
    session = scene.cast.session(contact)
    escalation = Escalation.objects.create(
        workspace=scene.cast.acme,
        account=account,
        contact=contact,
        session=session,
        conversation=conversation_of(session),
        cause="asked",
        reason="asked",
        summary="Asked for a person: “can somebody help me?”",
        score=score,
        opened_at=now,
        updated_at=now,
        due_at=now,
    )
    elsewhere(lambda: escalation_changed(escalation))
    return escalation


class Line:
    """The console's socket, which a test can cut: the server's side is real."""

    def __init__(self, page: Page) -> None:
        self._whole = True
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/console/socket$"), self._through)

    def cut(self) -> None:
        self._whole = False
        self._open[-1].close(code=1012)

    def mend(self) -> None:
        self._whole = True

    def _through(self, socket: WebSocketRoute) -> None:
        if not self._whole:
            socket.close(code=1012)
            return
        socket.connect_to_server()
        self._open.append(socket)


def test_it_works(alice: Page, scene: Scene) -> None:
    row(alice, scene.escalation).click()
    expect(alice.get_by_test_id("escalation-account")).to_contain_text("Vera at Kestrel Coffee")
    expect(alice.get_by_test_id("intent")).to_contain_text("how do I get my report out?")
    expect(alice.get_by_test_id("why")).to_contain_text("Help did not help")
    expect(alice.get_by_test_id("unseen")).to_contain_text("intent")
    expect(alice.get_by_test_id("tried")).to_contain_text("Export a report")
    expect(alice.get_by_test_id("timeline")).to_contain_text("5 clicks on Export: unanswered")

    alice.get_by_test_id("take-over").click()
    alice.get_by_test_id("composer-input").fill("Hello Vera, Alice here")
    alice.get_by_test_id("composer-input").press("Enter")
    expect(alice.get_by_test_id("chat-log")).to_contain_text("Hello Vera, Alice here")
    expect(alice.get_by_test_id("draft")).to_have_count(0)
    elsewhere(lambda: typing_to_members(conversation=scene.conversation, on=True))
    expect(alice.get_by_text("is writing…")).to_be_visible()
    contact_says(scene, "Thank you!")
    expect(alice.get_by_test_id("chat-log")).to_contain_text("Thank you!")
    expect(alice.get_by_text("is writing…")).to_have_count(0)

    alice.get_by_test_id("resolve").click()
    for answer in ("done-yes", "worked-unknown", "false-alarm-no"):
        alice.get_by_test_id(f"verdict-{answer}").check()
    alice.get_by_test_id("verdict-save").click()
    expect(alice.get_by_test_id("verdict-given")).to_contain_text("Done, not known yet")
    verdict = Verdict.objects.get(escalation=scene.escalation)
    assert (verdict.done, verdict.worked, verdict.false_alarm) == (True, None, False)
    assert Message.objects.filter(text="Hello Vera, Alice here").count() == 1


def test_the_tab_says_the_page_and_what_waits(alice: Page, scene: Scene) -> None:
    alice.goto(f"{alice.url}articles")
    waiting = Escalation.objects.filter(workspace=scene.cast.acme, state="open").count()
    expect(alice).to_have_title(f"({waiting}) Articles · VCSM")
    escalate(scene, "Tom")
    expect(alice).to_have_title(f"({waiting + 1}) Articles · VCSM")
    icon = alice.locator("link[rel=icon]")
    expect(icon).to_have_attribute("href", "/static/console/icon-waiting.svg")


def test_new_work_appears_by_itself_but_never_under_the_hand(alice: Page, scene: Scene) -> None:
    known = row(alice, scene.escalation)
    expect(known).to_be_visible()
    alice.mouse.move(1000, 500)
    first = escalate(scene, "Tom")
    expect(row(alice, first)).to_be_visible()

    known.hover()
    before = known.bounding_box()
    second = escalate(scene, "Ines")
    show = alice.get_by_test_id("show-new")
    expect(show).to_have_text("1 new: show")
    assert row(alice, second).count() == 0
    assert before is not None and known.bounding_box() == before
    known.click()
    expect(alice).to_have_url(re.compile(str(scene.escalation.pk)))

    show.click()
    expect(row(alice, second)).to_be_visible()
    expect(show).to_have_count(0)


def test_a_day_from_the_keyboard(alice: Page, scene: Scene) -> None:
    expect(row(alice, scene.escalation)).to_be_visible()
    alice.keyboard.press("?")
    expect(alice.get_by_test_id("keys")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(alice.get_by_test_id("keys")).to_have_count(0)

    alice.keyboard.press("j")
    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("escalation")).to_be_visible()
    alice.keyboard.press("t")
    expect(alice.get_by_test_id("composer-input")).to_be_visible()
    expect(alice.get_by_test_id("composer-input")).not_to_be_focused()
    alice.keyboard.press("r")
    expect(alice.get_by_test_id("composer-input")).to_be_focused()
    expect(alice.get_by_test_id("composer-input")).to_have_value("")
    alice.keyboard.type("j k e t")
    expect(alice.get_by_test_id("composer-input")).to_have_value("j k e t")
    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("message").filter(has_text="j k e t")).to_be_visible()
    alice.keyboard.press("Escape")
    alice.keyboard.press("e")
    expect(alice.get_by_test_id("verdict")).to_be_visible()
    alice.keyboard.press("Escape")
    expect(alice.get_by_test_id("verdict")).to_have_count(0)
    expect(alice.get_by_test_id("escalation")).to_be_visible()

    alice.reload()  # whoever comes back to what they speak in is not put into a field either
    expect(alice.get_by_test_id("hand-back")).to_be_visible()
    alice.keyboard.press("e")
    expect(alice.get_by_test_id("verdict")).to_be_visible()


def test_two_members_do_not_do_the_same(
    alice: Page, browser: Browser, stack: Stack, scene: Scene
) -> None:
    bob = browser.new_context().new_page()
    sign_in(bob, stack, scene.cast.bob.user.username)
    for page in (alice, bob):
        page.goto(f"{stack.origin}/console/escalations/{scene.escalation.pk}")
        expect(page.get_by_test_id("take-over")).to_be_visible()

    bob.get_by_test_id("take-over").click()

    expect(bob.get_by_test_id("composer-input")).to_be_focused()
    expect(alice.get_by_text("Bob has taken this over and is speaking.")).to_be_visible()
    expect(alice.get_by_test_id("take-over")).to_have_count(0)
    expect(row(alice, scene.escalation)).to_contain_text("Bob is on it")
    bob.get_by_test_id("hand-back").click()
    expect(alice.get_by_test_id("take-over")).to_be_visible()
    bob.context.close()


def test_what_happened_while_the_socket_was_gone_is_there_when_it_is_back(
    browser: Browser, stack: Stack, scene: Scene
) -> None:
    page = browser.new_context().new_page()
    line = Line(page)
    sign_in(page, stack, scene.cast.alice.user.username)
    row(page, scene.escalation).click()
    expect(page.get_by_test_id("timeline")).to_contain_text("clicks on Export")

    line.cut()
    expect(page.get_by_test_id("offline")).to_be_visible()
    page.mouse.move(1000, 500)
    missed = escalate(scene, "Missed")
    contact_says(scene, "Are you there?")
    line.mend()

    expect(page.get_by_test_id("offline")).to_have_count(0)
    expect(page.get_by_test_id("chat-log")).to_contain_text("Are you there?")
    expect(row(page, missed)).to_be_visible()
    page.context.close()


def test_a_socket_that_is_gone_for_an_hour_brings_everything_when_it_is_back(
    browser: Browser, stack: Stack, scene: Scene
) -> None:
    """By the clock of the page. What the member wrote meanwhile is sent once."""
    page = browser.new_context().new_page()
    page.clock.install()
    line = Line(page)
    sign_in(page, stack, scene.cast.alice.user.username)
    row(page, scene.escalation).click()
    page.get_by_test_id("take-over").click()
    expect(page.get_by_test_id("hand-back")).to_be_visible()

    page.context.set_offline(True)
    line.cut()
    expect(page.get_by_test_id("offline")).to_be_visible()
    page.get_by_test_id("composer-input").fill("I am here")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("draft")).to_contain_text("Not sent")
    for number in range(5):
        contact_says(scene, f"Hello? {number}")
        page.clock.fast_forward("12:00")
    missed = escalate(scene, "Missed")
    line.mend()
    page.context.set_offline(False)
    page.clock.fast_forward("00:20")

    expect(page.get_by_test_id("offline")).to_have_count(0)
    said = page.get_by_test_id("message").locator(".said-text")
    expect(said.last).to_have_text("Hello? 4")
    expect(row(page, missed)).to_be_visible()
    page.get_by_test_id("draft").get_by_role("button", name="Send again").click()
    expect(page.get_by_test_id("draft")).to_have_count(0)
    expect(said.last).to_have_text("I am here")
    words = [text for text in said.all_inner_texts() if text != "It does nothing"]
    assert words == [*(f"Hello? {number}" for number in range(5)), "I am here"]
    assert Message.objects.filter(text="I am here").count() == 1
    page.context.close()


def test_hostile_names_are_text(alice: Page, scene: Scene) -> None:
    name = '"><img src=x onerror="document.title=1"><script>document.title=2</script>'
    alice.mouse.move(1000, 500)
    escalation = escalate(scene, name)
    contact_says(scene, "<b onmouseover=alert(1)>bold</b>", escalation.conversation)

    row(alice, escalation).click()

    expect(alice.get_by_test_id("escalation-account")).to_contain_text(name)
    expect(alice.get_by_test_id("chat-log")).to_contain_text("<b onmouseover")
    expect(alice).to_have_title(re.compile(r"Queue · VCSM$"))


def test_an_escalation_of_nobody_says_so(alice: Page, stack: Stack) -> None:
    alice.goto(f"{stack.origin}/console/escalations/00000000-0000-4000-8000-000000000000")

    expect(alice.get_by_text("There is no such escalation")).to_be_visible()


def test_the_friction_report_keeps_its_state_in_the_address(
    alice: Page, stack: Stack, scene: Scene
) -> None:
    now = datetime.now(tz=UTC)
    seconds = (now - scene.session.started_at).total_seconds()
    # A session is hit at a place once, when it was first; the scene's own hit was long ago. And
    # friction is believed to be of the time in which the session was seen.
    Session.objects.filter(pk=scene.session.pk).update(seen_at=now)
    add_signal(scene.session, key="now", element="save", element_name="Save", seconds=seconds)
    add_signal(
        scene.session,
        key="now 2",
        kind="dead",
        element="upload",
        element_name="Upload file",
        seconds=seconds,
    )
    alice.get_by_role("link", name="Friction").click()
    expect(alice.get_by_text("Not counted yet")).to_be_visible()
    # The page that is open learns of the first count by itself.
    elsewhere(lambda: count_sessions(workspace_id=scene.cast.acme.pk, sessions=[scene.session.pk]))
    expect(alice.get_by_test_id("friction-line")).to_have_count(2)
    alice.get_by_role("link", name="24 hours").click()
    alice.get_by_placeholder("Page or element").fill("upload")
    expect(alice.get_by_test_id("friction-line")).to_have_count(1)
    expect(alice).to_have_url(re.compile(r"/console/friction\?period=24h&place=upload$"))

    alice.reload()
    expect(alice.get_by_test_id("friction-line")).to_have_count(1)
    expect(alice.get_by_placeholder("Page or element")).to_have_value("upload")
    with alice.expect_download() as started:
        alice.get_by_test_id("friction-csv").click()
    assert "Upload file" in started.value.path().read_text()


def test_signing_out_ends_the_console(alice: Page, stack: Stack) -> None:
    alice.get_by_label("Signed in as Alice").click()
    alice.get_by_test_id("sign-out").click()

    expect(alice).to_have_url(re.compile("/console/login"))
    alice.goto(f"{stack.origin}/console/")
    expect(alice).to_have_url(re.compile(r"/console/login\?next="))
