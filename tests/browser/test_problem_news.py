"""What a contact sees of a problem that hit them: that it is known, and that it is fixed."""

from uuid import uuid4

from playwright.sync_api import Browser, Page, expect

from tests.browser.host_page import HostSite, server_side
from tests.browser.panel_scene import READY, now, session_of
from tests.browser.patience import until
from tests.browser.test_guided_step import BUTTON, LISTEN, RING
from tests.cast import Cast
from vcsm.conversations import broadcast
from vcsm.conversations.models import Nudge
from vcsm.conversations.notices import WORDS, cause_of_notice

CARD = "[data-vcsm=nudge]"


def tell(cast: Cast, notice: str, element: str = "") -> Nudge:
    """As `vcsm.assistant.problem_news` does once the problem has come so far."""
    title, text = WORDS[notice]

    def act() -> Nudge:
        session = session_of(cast)
        nudge = Nudge.objects.create(
            workspace=cast.acme, contact_id=session.contact_id, session=session, page="/pay",
            cause=cause_of_notice(notice, str(uuid4())), element=element, title=title, text=text,
            offered_at=now(),
        )  # fmt: skip
        broadcast.nudge_offered(nudge)
        return nudge

    return server_side(act)


def in_the_product(page: Page, site: HostSite) -> str:
    """The contact presses the button; returns the widget's name for it."""
    site.open(page)
    page.evaluate(READY)
    page.evaluate(LISTEN)
    page.locator(BUTTON).click()
    return str(page.evaluate("window.clicked"))


def test_it_works(browser: Browser, site: HostSite, live_cast: Cast) -> None:
    """Understood by key: the card goes, the contact is where they were, and not left in peace."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    in_the_product(page, site)
    page.locator("input[name=amount]").focus()
    nudge = tell(live_cast, "problem_known")
    card = page.get_by_role("status").locator(CARD)
    expect(card).to_contain_text("It is our fault, not yours")
    expect(page.locator("[data-vcsm=nudge-show]")).to_have_count(0)
    understood = card.get_by_role("button", name="Got it")
    understood.focus()
    page.keyboard.press("Enter")
    expect(page.locator(CARD)).to_have_count(0)
    expect(page.locator("input[name=amount]")).to_be_focused()
    until(page, lambda: Nudge.objects.get(pk=nudge.pk).state == "accepted")
    context.close()
    assert site.troubles == []


def test_asking_a_person_keeps_it_in_the_contacts_language(
    browser: Browser, site: HostSite, live_cast: Cast
) -> None:
    site.attributes += " data-lang=de"
    context = browser.new_context()
    page = context.new_page()
    in_the_product(page, site)
    tell(live_cast, "problem_known")
    page.locator("[data-vcsm=nudge-person]").click()
    told = page.locator("[data-vcsm=message][data-author=assistant]").first
    expect(told).to_contain_text("Wir kennen das Problem")
    expect(told).to_contain_text("Das liegt an uns")
    context.close()


def test_what_is_fixed_can_be_shown(browser: Browser, site: HostSite, live_cast: Cast) -> None:
    context = browser.new_context()
    page = context.new_page()
    element = in_the_product(page, site)
    tell(live_cast, "problem_fixed", element)
    page.locator("[data-vcsm=nudge-show]").click()
    expect(page.locator(RING)).to_be_visible()
    expect(page.locator("[data-vcsm=panel]")).to_be_hidden()
    context.close()
