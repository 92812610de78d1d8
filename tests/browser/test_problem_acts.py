"""What a product manager does with a problem: gives it to a team, merges it into its cause."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from tests.browser.console_page import elsewhere, member_page
from tests.cast import Cast
from tests.stack import Stack
from vcsm.problems.lifecycle import open_problem
from vcsm.problems.models import PageOwner, Place, Problem, Team

AT = datetime.now(UTC) - timedelta(hours=1)


def stands(cast: Cast, element: str) -> Problem:
    place = Place.objects.create(
        workspace=cast.acme,
        kind="dead",
        page="/pay",
        element=f"e:{element}",
        name=element,
        first_at=AT,
    )
    return open_problem(
        workspace_id=cast.acme.pk,
        scope="product",
        account_id=None,
        place=place,
        began_at=AT,
        now=AT,
    )


def test_it_works(browser: Browser, stack: Stack, live_cast: Cast, committed: None) -> None:
    cast = live_cast
    pay, save = (elsewhere(lambda name=name: stands(cast, name)) for name in ("Pay", "Save"))
    payments = Team.objects.create(workspace=cast.acme, name="Payments")
    PageOwner.objects.create(workspace=cast.acme, team=payments, pattern="/pay*")
    with member_page(browser, stack, cast.alice.user.username, width=390) as page:
        page.goto(f"{stack.origin}/console/problems/{pay.pk}")
        expect(page.get_by_test_id("problem")).to_contain_text("Nobody owns it.")
        page.get_by_test_id("give").click()
        page.get_by_label("Payments /pay*").check()
        page.get_by_test_id("choice-save").click()
        expect(page.get_by_test_id("problem")).to_contain_text("Owned by Payments.")

        page.get_by_test_id("merge-problem").click()
        expect(page.get_by_test_id("choice-save")).to_be_disabled()
        page.get_by_role("radio", name=re.compile("Save")).check()
        page.get_by_test_id("choice-save").click()
        expect(page.get_by_test_id("problem")).to_contain_text("It is part of")
        expect(page.get_by_test_id("merge-problem")).to_have_count(0)
        page.get_by_test_id("problem").get_by_role("link", name=re.compile("Save")).first.click()
        expect(page).to_have_url(re.compile(str(save.pk)))
        assert Problem.objects.get(pk=pay.pk).merged_into_id == save.pk

        page.get_by_test_id("problem").get_by_role("link", name=re.compile("Pay")).first.click()
        page.get_by_test_id("split-problem").click()
        expect(page.get_by_test_id("problem")).to_contain_text("Set apart again from")
        expect(page.get_by_test_id("merge-problem")).to_be_visible()
    assert Problem.objects.get(pk=pay.pk).merged_into_id is None
