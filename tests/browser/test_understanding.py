"""Intents, heard, unmet and articles in a real browser, against the real server."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import AXE, elsewhere, member_page
from tests.cast import Cast
from tests.stack import Stack
from vcsm.intent.classify import capture_asked
from vcsm.intent.clusters import refresh_clusters
from vcsm.intent.models import CapturedIntent, Intent
from vcsm.intent.taxonomy import save_intent
from vcsm.knowledge.answer import answer
from vcsm.knowledge.answered import note_answer
from vcsm.knowledge.articles import ArticleText, save_article
from vcsm.knowledge.models import Article

pytestmark = pytest.mark.browser
WISHES = [
    f"{ask} {thing}"
    for ask in ("can I have", "please add", "where do I find")
    for thing in ("a gantt chart", "gantt charts", "the gantt view", "a gantt chart of projects")
]


@pytest.fixture
def acme(live_cast: Cast) -> Cast:
    """Two intents, an article, a wish that nobody covers and a message in doubt."""

    def fill() -> None:
        workspace = live_cast.acme.pk
        save_intent(workspace_id=workspace, name="export", title="Export a report", examples=[
            "download as PDF", "export to Excel", "save the report as a file",
        ])  # fmt: skip
        save_intent(workspace_id=workspace, name="invite", title="Invite a colleague", examples=[
            "add someone to my team", "invite a team mate", "new colleague needs access",
        ])  # fmt: skip
        text = ArticleText("Export a report", "Open the report and press **Export**.")
        save_article(workspace_id=workspace, slug="export", text=text, at=datetime.now(UTC))
        now = datetime.now(UTC)
        for minutes, wish in enumerate([*WISHES, "export pls"]):
            at = now - timedelta(minutes=minutes + 1)
            capture_asked(
                workspace_id=workspace,
                contact_id=live_cast.vera.pk,
                session_id=None,
                text=wish,
                at=at,
            )
            note_answer(
                workspace_id=workspace,
                contact_id=live_cast.vera.pk,
                text=wish,
                answer=answer(workspace_id=workspace, text=wish),
                at=at,
            )
        refresh_clusters(workspace_id=workspace, now=now)

    elsewhere(fill)
    return live_cast


@pytest.fixture
def alice(browser: Browser, stack: Stack, acme: Cast) -> Iterator[Page]:
    with member_page(browser, stack, acme.alice.user.username, width=1280) as page:
        yield page


def test_it_works(alice: Page, stack: Stack, acme: Cast) -> None:
    alice.get_by_role("link", name="Intents").click()
    expect(alice.get_by_test_id("intents").get_by_role("row")).to_have_count(3)
    alice.get_by_label("What would we make of this message?").fill("how can I export it to PDF")
    alice.get_by_role("button", name="Try").click()
    expect(alice.get_by_test_id("guess").get_by_role("link").first).to_have_text("Export a report")

    alice.get_by_role("link", name="New intent").click()
    alice.get_by_label("What the contact wants").fill("Reset my password")
    alice.get_by_label("Examples, one a line").fill("I forgot my password\nreset my login\n")
    expect(alice.get_by_text("2 examples")).to_be_visible()
    alice.get_by_role("button", name="Save").click()
    expect(alice.get_by_test_id("intents").get_by_role("row")).to_have_count(4)
    made = elsewhere(lambda: Intent.objects.get(workspace=acme.acme, name="reset_my_password"))
    assert elsewhere(made.examples.count) == 2


def test_a_message_is_set_right_with_one_click(alice: Page, stack: Stack, acme: Cast) -> None:
    alice.goto(f"{stack.origin}/console/intents/heard")
    row = alice.get_by_test_id("heard").filter(has_text="export pls")
    row.get_by_role("button", name=re.compile("Export a report")).click()
    expect(row).to_have_count(0)
    settled = elsewhere(
        lambda: CapturedIntent.objects.get(workspace=acme.acme, text="export pls").corrected_by
    )
    assert settled == acme.alice
    expect(alice.get_by_test_id("kept")).to_contain_text("from 1")


def test_a_wish_becomes_an_intent(alice: Page, stack: Stack, acme: Cast) -> None:
    alice.goto(f"{stack.origin}/console/intents/unmet")
    cluster = alice.get_by_test_id("cluster")
    expect(cluster).to_have_count(1)
    expect(cluster).to_contain_text("48K")
    cluster.get_by_role("button", name="Make it an intent").click()
    cluster.get_by_label("What the contact wants").fill("See a Gantt chart")
    cluster.get_by_role("checkbox").first.uncheck()
    cluster.get_by_role("button", name=re.compile("Save with 11 examples")).click()
    expect(cluster).to_have_count(0)
    made = elsewhere(lambda: Intent.objects.get(workspace=acme.acme, title="See a Gantt chart"))
    assert elsewhere(made.examples.count) == 11


def test_an_article_is_written_and_found_as_one_types(
    alice: Page, stack: Stack, acme: Cast
) -> None:
    alice.goto(f"{stack.origin}/console/articles/gaps")
    alice.get_by_test_id("gap").first.get_by_role("link", name="Write the article").click()
    alice.get_by_label("Title").fill("Gantt charts")
    alice.get_by_label("Text, in Markdown").fill("# Gantt charts\n\nThe *timeline* shows them.")
    alice.get_by_role("button", name="Save and publish").click()
    expect(alice.get_by_test_id("version")).to_have_count(1)
    alice.get_by_label("Text, in Markdown").fill("The *planner* shows them <script>x</script>.")
    alice.get_by_role("button", name="Save and publish").click()
    expect(alice.get_by_test_id("version")).to_have_count(2)

    alice.get_by_role("link", name="Articles").first.click()
    alice.get_by_test_id("article-search").press_sequentially("gantt pl")
    expect(alice.get_by_test_id("passage").first).to_contain_text("The planner shows them")
    assert alice.url.endswith("find=gantt+pl"), "the address is the state"


def test_a_folder_and_a_sitemaps_file_are_taken_in(
    alice: Page, stack: Stack, acme: Cast, tmp_path: Path
) -> None:
    folder = tmp_path / "help"
    (folder / "pay").mkdir(parents=True)
    (folder / "export.md").write_text("# Export\n\nPress Export <script>x</script>.")
    (folder / "pay" / "cards.html").write_text("<title>Cards</title><main><p>Add one.</p></main>")
    (folder / "pay" / "empty.md").write_text("")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    alice.goto(f"{stack.origin}/console/articles/import")
    alice.get_by_test_id("import-folder").set_input_files(folder)
    told = alice.get_by_test_id("folder-outcome")
    expect(told).to_have_text("3 of 3 files read: 2 new, 1 could not be read.")
    expect(alice.get_by_text("pay/empty.md: ")).to_be_visible()
    (folder / "export.md").write_text("# Export\n\nPress Export twice.")
    alice.get_by_test_id("import-folder").set_input_files(folder)
    expect(told).to_contain_text("1 changed, 1 as before")
    made = elsewhere(lambda: Article.objects.get(workspace=acme.acme, source="export.md"))
    assert "Press Export twice." in made.body

    sitemap = tmp_path / "sitemap.xml"
    sitemap.write_text("<urlset><url><loc>https://help.example/a?b&amp;c</loc></url></urlset>")
    alice.get_by_test_id("import-file").set_input_files(sitemap)
    addresses = alice.get_by_test_id("import-addresses")
    expect(addresses).to_have_value("https://help.example/a?b&c")
    alice.get_by_test_id("import-file").set_input_files(folder / "logo.png")
    expect(alice.get_by_text("logo.png holds no addresses.")).to_be_visible()


PLACES = [
    *("intents", "intents/heard", "intents/unmet", "intents/health", "intents/new"),
    *("articles", "articles/gaps", "articles/new", "articles/import"),
]


def test_the_pages_are_accessible(alice: Page, stack: Stack) -> None:
    found = {place: violations(alice, f"{stack.origin}/console/{place}") for place in PLACES}
    assert not any(found.values()), json.dumps(found, indent=1)


def violations(page: Page, address: str) -> list[tuple[str, str]]:
    """Rules of axe that the page there breaks, each with the first element that does."""
    page.goto(address)
    expect(page.locator("main h1, main form")).not_to_have_count(0)
    expect(page.locator(".skeleton")).to_have_count(0)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]]
