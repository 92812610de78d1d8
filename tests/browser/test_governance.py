"""The guardrails' pages in a real browser: stop, see it said, try a list, check the chain."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import elsewhere, member_page
from tests.cast import Cast
from tests.stack import Stack
from vcsm.audit.models import Entry
from vcsm.governance.guardrails import written_text
from vcsm.governance.models import GuardrailList
from vcsm.governance.standing import read_stopped

pytestmark = pytest.mark.browser


@pytest.fixture
def bob(browser: Browser, stack: Stack, live_cast: Cast) -> Iterator[Page]:
    """An admin, in a browser of his own."""
    with member_page(browser, stack, live_cast.bob.user.username) as page:
        yield page


def test_it_works(bob: Page, stack: Stack, live_cast: Cast) -> None:
    bob.goto(f"{stack.origin}/console/guardrails")
    bob.get_by_test_id("stop-everything").click()
    bob.get_by_test_id("why").fill("Looks odd")
    bob.get_by_test_id("confirm").click()
    expect(bob.get_by_test_id("everything")).to_contain_text("Everything is stopped")
    expect(bob.get_by_test_id("everything")).to_contain_text("Looks odd")
    assert elsewhere(lambda: read_stopped(live_cast.acme.pk)) == {"workspace"}

    bob.get_by_test_id("lift-everything").click()
    bob.get_by_test_id("confirm").click()
    expect(bob.get_by_test_id("everything")).to_contain_text("The assistant is working")

    bob.get_by_role("link", name="Audit log").click()
    expect(bob.get_by_test_id("audit-table")).to_contain_text("Looks odd")
    bob.get_by_test_id("audit-kind").select_option("stop")
    expect(bob.get_by_test_id("audit-line")).to_have_count(1)
    bob.get_by_test_id("audit-verify").click()
    expect(bob.get_by_test_id("audit-check")).to_contain_text("are as they were written")


def test_a_list_that_is_none_leaves_the_old_one_and_the_page_says_so(
    bob: Page, stack: Stack, live_cast: Cast
) -> None:
    bob.goto(f"{stack.origin}/console/guardrails/can")
    bob.get_by_text("Change the list").click()
    bob.get_by_test_id("list-text").fill("[contact")
    bob.get_by_test_id("list-save").click()
    expect(bob.get_by_test_id("list-refused")).to_contain_text("not TOML")
    expect(bob.get_by_test_id("list-in-force")).to_contain_text("comes with the product")
    rows = elsewhere(lambda: list(GuardrailList.objects.filter(workspace=live_cast.acme)))
    assert [row.by for row in rows] == [live_cast.bob]
    bob.reload()
    bob.get_by_text("Change the list").click()
    expect(bob.get_by_test_id("list-text")).to_have_value("[contact")
    bob.get_by_test_id("list-text").fill(written_text() + "\n# ours\n")
    bob.get_by_test_id("list-save").click()
    expect(bob.get_by_test_id("list-in-force")).to_contain_text("put there by Bob")
    assert elsewhere(
        lambda: Entry.objects.filter(workspace=live_cast.acme, kind="guardrails").count() == 1
    )


def test_a_backtest_of_nothing_says_so(bob: Page, stack: Stack) -> None:
    bob.goto(f"{stack.origin}/console/guardrails/backtest")
    bob.get_by_test_id("what-if-threshold").fill("0.8")
    bob.get_by_test_id("what-if-run").click()
    expect(bob.get_by_text("Nothing was decided in this time")).to_be_visible()
