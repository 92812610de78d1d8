"""Articles in the editor: no word is lost, and what is long is read by a worker in plain sight."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import elsewhere, member_page
from tests.cast import Cast
from tests.stack import Stack
from vcsm.accounts.models import Member
from vcsm.core.queue import enqueue
from vcsm.knowledge import reading
from vcsm.knowledge.articles import ArticleText, save_article
from vcsm.knowledge.models import Article, ArticleVersion

BODY = "Text, in Markdown"
SHORT = "Open the report and press **Export**."
LONG = "\n".join(f"## Part {n}\nThe zebra of part {n}.\n" for n in range(reading.AT_ONCE + 1))


def saved(cast: Cast, body: str, by: Member) -> Article:
    text = ArticleText("Export a report", body)
    return elsewhere(
        lambda: save_article(
            workspace_id=cast.acme.pk, slug="export", text=text, at=datetime.now(UTC), by=by
        )
    )


@pytest.fixture
def alice(browser: Browser, stack: Stack, live_cast: Cast, committed: None) -> Iterator[Page]:
    with member_page(browser, stack, live_cast.alice.user.username, width=1280) as page:
        yield page


@pytest.fixture
def editor(alice: Page, stack: Stack, live_cast: Cast) -> Page:
    article = saved(live_cast, SHORT, live_cast.alice)
    alice.goto(f"{stack.origin}/console/articles/edit/{article.pk}")
    expect(alice.get_by_label(BODY)).to_have_value(SHORT)
    return alice


def test_words_that_were_not_saved_are_there_again(editor: Page) -> None:
    editor.get_by_label(BODY).fill("Press *Export* above.")
    editor.get_by_role("link", name="Friction").click()
    editor.go_back()
    expect(editor.get_by_test_id("kept-left")).to_be_visible()
    expect(editor.get_by_label(BODY)).to_have_value("Press *Export* above.")

    editor.get_by_role("button", name="Take what is saved").click()
    expect(editor.get_by_label(BODY)).to_have_value(SHORT)
    editor.reload()
    expect(editor.get_by_label(BODY)).to_have_value(SHORT)
    expect(editor.get_by_test_id("kept-left")).to_have_count(0)


def test_of_two_writers_the_slower_loses_nothing_and_overwrites_nothing(
    editor: Page, live_cast: Cast
) -> None:
    editor.get_by_label(BODY).fill("Mine.")
    theirs = saved(live_cast, "Theirs.", live_cast.bob)

    editor.get_by_role("button", name="Save and publish").click()

    expect(editor.get_by_test_id("kept-behind")).to_contain_text("Version 2, by Bob, was saved")
    expect(editor.get_by_label(BODY)).to_have_value("Mine.")
    expect(editor.get_by_role("button", name="Save and publish")).to_be_disabled()
    assert Article.objects.get(pk=theirs.pk).body == "Theirs."
    editor.get_by_role("button", name="Keep mine").click()
    editor.get_by_role("button", name="Save and publish").click()
    expect(editor.get_by_test_id("version")).to_have_count(3)
    bodies = ArticleVersion.objects.filter(article=theirs).order_by("number")
    assert [one.body for one in bodies] == [SHORT, "Theirs.", "Mine."]

    editor.get_by_test_id("version").last.get_by_role("button", name="Load").click()
    expect(editor.get_by_label(BODY)).to_have_value(SHORT)


def test_a_session_that_ends_while_one_writes_loses_no_word(
    editor: Page, stack: Stack, live_cast: Cast
) -> None:
    editor.get_by_label(BODY).fill("An hour of work.")
    editor.context.clear_cookies(name="sessionid")
    editor.get_by_role("button", name="Save and publish").click()
    expect(editor.get_by_test_id("kept-text")).to_contain_text("An hour of work.")

    editor.get_by_test_id("sign-in-again").click()
    expect(editor).to_have_url(re.compile(r"/console/login\?next="))
    editor.get_by_label("Name").fill(live_cast.alice.user.username)
    editor.get_by_label("Password").fill("correct horse battery staple")
    editor.get_by_role("button", name="Sign in").click()
    expect(editor.get_by_label(BODY)).to_have_value("An hour of work.")


def test_a_long_article_is_read_in_plain_sight_and_the_one_before_answers_meanwhile(
    editor: Page, live_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "enqueue_on_commit", lambda task: None)  # no worker yet
    saved(live_cast, LONG, live_cast.alice)
    editor.reload()
    expect(editor.get_by_test_id("reading")).to_contain_text(
        "Until all of it is, version 1 answers."
    )
    total = reading.AT_ONCE + 1
    expect(editor.get_by_test_id("reading")).to_contain_text(f"0 of {total} passages")
    expect(editor.get_by_test_id("version").last).to_contain_text("answers")

    elsewhere(lambda: enqueue(reading.TASK))

    expect(editor.get_by_test_id("version").first).to_contain_text("answers")
    expect(editor.get_by_test_id("reading")).to_have_count(0)
    assert ArticleVersion.objects.get(
        article__slug="export", article__workspace=live_cast.acme, number=2
    ).read_at
