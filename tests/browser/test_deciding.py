"""Deciding, who acts, and the import of articles in a real browser: one, signed in once."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import AXE, elsewhere, member_page
from tests.cast import NOON, Cast
from tests.console.scene import Scene, make_scene
from tests.escalation.silent import silent_audit
from tests.escalation.test_proven import judged
from tests.stack import Stack
from vcsm.assistant.reply import reply
from vcsm.conversations.models import Message
from vcsm.conversations.post import post_message
from vcsm.escalation.models import Escalation, SilenceAudit
from vcsm.escalation.policy import read_policy
from vcsm.escalation.proven import threshold_in_force
from vcsm.governance.agents import register_agent
from vcsm.governance.standing import read_stopped
from vcsm.intent.classify import capture_asked
from vcsm.intent.taxonomy import save_intent
from vcsm.knowledge.answer import answer
from vcsm.knowledge.answered import note_answer
from vcsm.knowledge.articles import ArticleText, save_article

pytestmark = pytest.mark.browser


@pytest.fixture
def acme(live_cast: Cast) -> Cast:
    """Sixty verdicts, a silent session to look at, an agent beside the assistant."""

    def fill() -> None:
        wrote_what_they_want(make_scene(live_cast))
        judged(live_cast, 60, false=6)
        silent_audit(live_cast)
        register_agent(
            workspace_id=live_cast.acme.pk,
            key="billing-bot",
            name="Billing bot",
            use_cases=["answer_questions"],
            by=live_cast.bob,
            now=NOON,
        )

    elsewhere(fill)
    return live_cast


def wrote_what_they_want(scene: Scene) -> None:
    """Vera's message as it is understood, and the passage on it."""
    workspace, now = scene.cast.acme.pk, datetime.now(UTC)
    for name, title, examples in (
        ("export", "Export a report", ["download as PDF", "export to Excel", "save the report"]),
        ("invite", "Invite a colleague", ["add someone to my team", "invite a team mate"]),
    ):
        save_intent(workspace_id=workspace, name=name, title=title, examples=examples)
    text = ArticleText("Export a report", "Open the report and press **Export**.")
    save_article(workspace_id=workspace, slug="export", text=text, at=now)
    said = "how can I export my report to PDF?"
    capture_asked(
        workspace_id=workspace,
        contact_id=scene.cast.vera.pk,
        session_id=scene.session.pk,
        text=said,
        at=now,
    )
    found = answer(workspace_id=workspace, text=said)
    note_answer(
        workspace_id=workspace, contact_id=scene.cast.vera.pk, text=said, answer=found, at=now
    )


@pytest.fixture
def bob(browser: Browser, stack: Stack, acme: Cast) -> Iterator[Page]:
    with member_page(browser, stack, acme.bob.user.username, width=1280) as page:
        yield page


def test_it_works(bob: Page, stack: Stack, acme: Cast) -> None:
    """One walk through all of it: each start of a browser is dear."""
    pick_a_share(bob, stack, acme)
    look_at_silence(bob, stack, acme)
    try_a_policy(bob, stack, acme)
    stop_an_agent(bob, stack, acme)
    import_what_is_not_public(bob, stack)
    see_what_they_are_after(bob, stack, acme)


def pick_a_share(bob: Page, stack: Stack, acme: Cast) -> None:
    bob.goto(f"{stack.origin}/console/deciding")
    expect(bob.get_by_test_id("badge")).to_contain_text("Certified")
    slider = bob.get_by_test_id("share")
    slider.focus()
    bob.keyboard.press("Home")
    expect(bob.get_by_test_id("picked")).to_contain_text("more verdicts")
    expect(bob.get_by_test_id("put-in-force")).to_be_disabled()
    bob.keyboard.press("End")
    expect(bob.get_by_test_id("picked")).to_contain_text("Sends what scores 50 or more")
    accessible(bob)
    bob.get_by_test_id("put-in-force").click()
    expect(bob.get_by_test_id("in-force")).to_contain_text("Picked by Bob")
    assert elsewhere(lambda: threshold_in_force(acme.acme.pk)) is not None
    bob.get_by_test_id("lift").click()
    expect(bob.get_by_test_id("in-force")).to_contain_text("Nothing is in force")


def look_at_silence(bob: Page, stack: Stack, acme: Cast) -> None:
    bob.goto(f"{stack.origin}/console/deciding/silence")
    accessible(bob)
    bob.get_by_test_id("audit").get_by_role("button", name="No").click()
    expect(bob.get_by_test_id("audit")).to_have_count(0)
    answered = elsewhere(lambda: SilenceAudit.objects.get(workspace=acme.acme))
    assert (answered.needed, answered.answered_by_id) == (False, acme.bob.pk)
    for tab in ("probability", "duty"):
        bob.goto(f"{stack.origin}/console/deciding/{tab}")
        accessible(bob)


def try_a_policy(bob: Page, stack: Stack, acme: Cast) -> None:
    bob.goto(f"{stack.origin}/console/deciding/policy")
    bob.get_by_test_id("policy-text").fill('{"minutes_a_day": "many"}')
    bob.get_by_test_id("policy-save").click()
    expect(bob.get_by_test_id("policy-refused")).to_contain_text("Bob")
    expect(bob.get_by_test_id("policy-refused")).to_contain_text("minutes_a_day")
    assert elsewhere(lambda: read_policy(acme.acme.pk).minutes_a_day) is None
    bob.reload()
    expect(bob.get_by_test_id("policy-refused")).to_be_visible()
    accessible(bob)
    bob.get_by_test_id("policy-text").fill('{"minutes_a_day": 90}')
    bob.get_by_test_id("policy-save").click()
    expect(bob.get_by_test_id("policy-refused")).to_have_count(0)
    assert elsewhere(lambda: read_policy(acme.acme.pk).minutes_a_day) == 90


def stop_an_agent(bob: Page, stack: Stack, acme: Cast) -> None:
    bob.goto(f"{stack.origin}/console/guardrails/agents")
    table = bob.get_by_test_id("agents")
    expect(table).to_contain_text("Billing bot")
    accessible(bob)
    bob.get_by_test_id("stop-agent:billing-bot").click()
    expect(bob.get_by_test_id("lift-agent:billing-bot")).to_be_visible()
    assert elsewhere(lambda: read_stopped(acme.acme.pk)) == {"agent:billing-bot"}
    expect(table.get_by_text("Stopped")).to_have_count(1)
    bob.get_by_test_id("lift-agent:billing-bot").click()
    bob.get_by_test_id("confirm").click()
    expect(table.get_by_text("Stopped")).to_have_count(0)


def import_what_is_not_public(bob: Page, stack: Stack) -> None:
    bob.goto(f"{stack.origin}/console/articles/import")
    accessible(bob)
    bob.get_by_test_id("import-addresses").fill("ftp://help.example")
    bob.get_by_test_id("import-start").click()
    expect(bob.get_by_role("alert")).to_contain_text("not a web address")
    bob.get_by_test_id("import-addresses").fill(f"{stack.origin}/console/login")
    bob.get_by_test_id("import-start").click()
    expect(bob.get_by_test_id("import-progress")).to_contain_text("1 could not be read")
    expect(bob.get_by_test_id("import-progress")).to_contain_text("is not a public host")


def see_what_they_are_after(bob: Page, stack: Stack, acme: Cast) -> None:
    escalation = elsewhere(lambda: Escalation.objects.get(workspace=acme.acme, state="open"))
    heard: list[object] = []

    def hear(frame: object) -> None:
        heard.append(frame)

    bob.on("websocket", lambda socket: socket.on("framereceived", hear))
    bob.goto(f"{stack.origin}/console/escalations/{escalation.pk}")
    card = bob.get_by_test_id("understood")
    expect(card.get_by_test_id("goal")).to_have_text("Export a report")
    expect(card.get_by_test_id("suggestion")).to_contain_text("Open the report and press Export.")
    card.get_by_role("button", name="Export a report", exact=True).click()
    expect(card).to_contain_text("Export a report, says Bob")
    expect_heard(bob, heard)
    see_the_next_message_before_anything_is_read(bob, escalation)


def expect_heard(bob: Page, heard: list[object]) -> None:
    """Its own look has come back over the socket: from here on no hint is missed."""
    deadline = time.monotonic() + 30
    while not heard:
        assert time.monotonic() < deadline, "the console's socket brought nothing"
        bob.wait_for_timeout(50)


def see_the_next_message_before_anything_is_read(bob: Page, escalation: Escalation) -> None:
    asked = "can I add someone to my team?"

    def ask() -> None:
        said = post_message(
            conversation=escalation.conversation,
            author=Message.Author.CONTACT,
            text=asked,
            now=datetime.now(UTC),
        )
        reply(message_id=said.pk, now=datetime.now(UTC))

    bob.route("**/understood", lambda route: route.abort())
    elsewhere(ask)
    card = bob.get_by_test_id("understood")
    expect(card.get_by_test_id("suggestion")).to_have_attribute("data-question", asked)
    expect(card.get_by_role("button", name="Invite a colleague", exact=True)).to_be_visible()
    bob.unroute("**/understood")


def accessible(page: Page) -> None:
    expect(page.locator(".skeleton")).to_have_count(0)
    expect(page.locator("main h1, main form")).not_to_have_count(0)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    problems = [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]]
    assert problems == [], json.dumps(problems, indent=1)
