"""The panel with hostile words and files in it, under a strict policy; and tabs that are gone."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.host_page import HostSite, Wire, host_site, server_side, strict_policy
from tests.browser.panel_scene import (
    COMPOSER,
    LAUNCHER,
    READY,
    make_history,
    now,
    open_panel,
    thread_of,
    write,
)
from tests.browser.test_widget_policy import VIOLATIONS
from tests.cast import Cast
from tests.stack import Stack
from vcsm.accounts.models import Member
from vcsm.conversations.models import Message
from vcsm.success.promises import make_promise

HOSTILE = (
    "<script>window.owned=1</script>",
    "<img src=x onerror=window.owned=1>",
    "<svg/onload=window.owned=1>",
    "javascript:window.owned=1",
    "\"><iframe srcdoc='<script>parent.owned=1</script>'>",
    "{{constructor.constructor('window.owned=1')()}}",
    "<a href='data:text/html,<script>window.owned=1</script>'>x</a>",
    "\u202egnp.exe\u202c \u2066\u2067",
    "Z" + "\u0335\u0321\u034d" * 60 + "algo",
    "&lt;b&gt; &#x3c;script&#x3e;",
    "A" * 3_000,
)


@pytest.fixture
def strict(stack: Stack, live_cast: Cast, committed: None) -> Iterator[HostSite]:
    with host_site(stack, live_cast.key.key) as running:
        running.policy = strict_policy(stack.origin)
        yield running


def unharmed(page: Page, site: HostSite) -> None:
    assert page.evaluate("window.owned") is None
    assert page.evaluate("window.violations") == []
    assert site.troubles == []
    inside = "document.querySelector('vcsm-widget').shadowRoot.querySelectorAll"
    assert page.evaluate(f"{inside}('script, img, iframe, b b, object, embed').length") == 0


def test_hostile_words_from_anybody_are_words(
    strict: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    page.add_init_script(VIOLATIONS)
    strict.open(page)
    page.evaluate(READY)
    Member.objects.filter(pk=live_cast.alice.pk).update(name=HOSTILE[0])
    live_cast.alice.refresh_from_db()
    live_cast.acme.name = HOSTILE[1]
    live_cast.acme.save()
    server_side(lambda: make_history(live_cast))
    for text in HOSTILE:
        make_promise(
            contact=live_cast.vera, member=live_cast.alice, text=text[:300], due_at=None, now=now()
        )
        write(thread_of(live_cast), text, live_cast)
    page.reload()
    page.evaluate(READY)
    open_panel(page)  # where unread messages are: in the conversation
    shown = page.locator("[data-vcsm=message][data-author=member] .words")
    expect(shown).to_have_count(len(HOSTILE))
    assert [one.replace("\n", "") for one in shown.all_inner_texts()] == list(HOSTILE)
    page.locator("[data-vcsm=back]").click()
    expect(page.locator("[data-vcsm=promises] .line")).to_have_count(len(HOSTILE) + 2)
    log = page.locator("[data-vcsm=home]")
    assert log.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    unharmed(page, strict)


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(written, "PNG")
    return written.getvalue()


def test_a_picture_is_sent_shown_and_saved_under_a_strict_policy(
    strict: HostSite, context: BrowserContext, live_cast: Cast
) -> None:
    page = context.new_page()
    page.add_init_script(VIOLATIONS)
    strict.open(page)
    page.evaluate(READY)
    open_panel(page)
    page.locator("[data-vcsm=file]").set_input_files(
        [
            {"name": "shot.png", "mimeType": "image/png", "buffer": picture()},
            {"name": "evil.png", "mimeType": "image/png", "buffer": b"<svg onload='alert(1)'/>"},
            {"name": "huge.txt", "mimeType": "text/plain", "buffer": b"x" * (8 * 1024**2 + 1)},
        ]
    )
    page.locator(".draft[data-state=kept]").wait_for()
    expect(page.locator(".draft[data-state=markup]")).to_contain_text("SVG are not taken")
    expect(page.locator(".draft[data-state=too_large]")).to_contain_text("8 MB")
    page.locator("[data-vcsm=send]").click()
    page.locator(".thumb:not([hidden])").wait_for()
    assert page.locator(".thumb").evaluate("(one) => [one.width, one.height]") == [64, 32]
    with page.expect_download() as saving:
        page.locator("[data-vcsm=attached]").click()
    assert saving.value.suggested_filename == "shot.png"
    message = Message.objects.get(workspace=live_cast.acme, author="contact")
    assert [one.name for one in message.attachments.all()] == ["shot.png"]
    refused = [one for one in strict.troubles if "415" not in one]
    strict.troubles[:] = refused
    unharmed(page, strict)


def test_what_was_written_in_a_tab_that_is_gone_is_sent_by_the_next(
    site: HostSite, context: BrowserContext, live_cast: Cast, wire: Wire
) -> None:
    page = context.new_page()
    site.open(page)
    page.evaluate(READY)
    page.locator(LAUNCHER).click()
    wire.cut()
    expect(page.locator("[data-vcsm=state]")).to_contain_text("No connection")
    for text in ("first", "second"):
        page.locator(COMPOSER).fill(text)
        page.keyboard.press("Enter")
    page.close()
    wire.mend()
    other = context.new_page()
    site.open(other)
    other.evaluate(READY)
    said = Message.objects.filter(workspace=live_cast.acme, author="contact").order_by("seq")
    for _ in range(300):
        if said.count() == 2:
            break
        other.wait_for_timeout(100)
    other.locator(LAUNCHER).click()
    # Where the panel was loaded only after they were sent, it begins with its first page.
    go_on = other.locator("[data-vcsm=go-on]")
    expect(go_on.or_(other.locator("[data-vcsm=message]")).first).to_be_visible()
    if go_on.count():
        go_on.click()
    mine = other.locator("[data-vcsm=message][data-author=contact][data-state=stored]")
    expect(mine).to_have_count(2)
    assert [message.text for message in said] == ["first", "second"]
