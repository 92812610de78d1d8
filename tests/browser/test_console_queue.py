"""The queue and the escalation's screen from the keyboard, among colleagues, with hostile names."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.console_page import AXE, elsewhere, sign_in, watched
from tests.browser.test_console import contact_says, escalate, row
from tests.console.scene import Scene
from tests.stack import Stack
from vcsm.accounts.models import SignIn
from vcsm.escalation.models import Escalation, Merge, Note, Verdict
from vcsm.setup.members import remove_member
from vcsm.success.promises import make_promise

pytestmark = pytest.mark.browser

HOSTILE = [
    '"><img src=x onerror="document.title=1"><script>document.title=2</script>',
    "javascript:document.title=3//'-alert(1)-'",
    "{{constructor.constructor('document.title=4')()}}<svg/onload=document.title=5>",
    "\u202egnp.exe\u2066 Z̵̡a̷l̴g̸o̵̢ \u0000\ufffd".replace("\u0000", ""),
    "A" * 180,
]


def opened(page: Page, stack: Stack, scene: Scene) -> None:
    page.goto(f"{stack.origin}/console/escalations/{scene.escalation.pk}")
    expect(page.get_by_test_id("escalation")).to_be_visible()


def test_it_works(alice: Page, stack: Stack, scene: Scene) -> None:
    """A morning: narrow, save, come back to it, choose three, give them away, merge two."""
    others = [escalate(scene, name, score=0.5) for name in ("Ines", "Omar", "Petra")]
    for one in others:
        expect(row(alice, one)).to_be_visible()
    alice.keyboard.press("/")
    expect(alice.get_by_test_id("queue-find")).to_be_focused()
    alice.keyboard.type("inc")
    expect(alice.get_by_test_id("queue-find")).to_have_value("inc")
    expect(alice).to_have_url(re.compile(r"\?find=inc$"))
    expect(alice.get_by_test_id("queue-row")).to_have_count(3)
    alice.keyboard.press("Escape")
    alice.get_by_test_id("filters").click()
    alice.get_by_test_id("filter-reason").select_option("asked")
    expect(alice).to_have_url(re.compile(r"reason=asked&find=inc"))
    alice.get_by_test_id("filters").click()
    alice.get_by_test_id("views").click()
    alice.get_by_test_id("view-name").fill("Waiting")
    alice.get_by_test_id("view-save").click()
    expect(alice.get_by_test_id("saved-view")).to_have_text("Waiting")

    alice.goto(f"{stack.origin}/console/")
    expect(alice.get_by_test_id("queue-row")).to_have_count(4)
    alice.keyboard.press("Control+k")
    alice.get_by_test_id("palette-find").fill("wait")
    expect(alice.get_by_test_id("palette-choice").first).to_contain_text("Waiting")
    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("queue-row")).to_have_count(3)

    alice.keyboard.press("j")
    alice.keyboard.press("x")
    alice.keyboard.press("J")
    alice.keyboard.press("J")
    expect(alice.get_by_test_id("bulk")).to_contain_text("3 chosen")
    alice.keyboard.press("a")
    alice.get_by_test_id("assign-find").fill("bob")
    expect(alice.get_by_test_id("assign-to")).to_have_text(re.compile("Bob"))
    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("queue-row").filter(has_text="Bob")).to_have_count(3)
    chosen = Escalation.objects.filter(pk__in=[one.pk for one in others])
    assert {one.owner_id for one in chosen} == {scene.cast.bob.pk}


def test_merging_is_refused_for_whoever_waits_and_named(alice: Page, scene: Scene) -> None:
    waits = escalate(scene, "Ines", score=0.99)
    expect(row(alice, waits)).to_be_visible()
    for one in (waits, scene.escalation):
        row(alice, one).hover()
        alice.get_by_label(f"Choose {one.contact.name}").click()
    alice.keyboard.press("m")
    expect(alice.get_by_test_id("merge-dialog").get_by_label("Ines")).to_be_checked()
    expect(alice.get_by_test_id("merge-kept")).to_have_count(0)
    alice.get_by_test_id("merge-dialog").get_by_text("Vera").click()
    expect(alice.get_by_test_id("merge-kept")).to_contain_text("Ines waits for a person")
    alice.get_by_test_id("merge-save").click()
    expect(alice.get_by_test_id("bulk-problem")).to_contain_text("waits for a person")

    Escalation.objects.filter(pk=waits.pk).update(reason="friction")
    alice.keyboard.press("m")
    alice.get_by_test_id("merge-dialog").get_by_text("Vera").click()
    alice.get_by_test_id("merge-save").click()
    expect(alice.get_by_test_id("bulk-problem")).to_have_count(0)
    alice.keyboard.press("Escape")
    row(alice, scene.escalation).click()
    expect(alice.get_by_test_id("merged")).to_contain_text("Ines")
    assert elsewhere(lambda: Merge.objects.get().into_id) == scene.escalation.pk


def test_two_members_see_each_other_until_one_has_gone(
    alice: Page, browser: Browser, stack: Stack, scene: Scene
) -> None:
    context = browser.new_context()
    bob, _ = watched(context)
    sign_in(bob, stack, scene.cast.bob.user.username)
    opened(bob, stack, scene)
    expect(row(alice, scene.escalation).get_by_test_id("row-looked-at")).to_have_text("Bob")
    opened(alice, stack, scene)
    expect(alice.get_by_test_id("lookers")).to_contain_text("Bob looks at this too")
    expect(bob.get_by_test_id("lookers")).to_contain_text("Alice")
    context.close()
    expect(alice.get_by_test_id("lookers")).to_have_count(0)


def test_the_screen_says_why_what_to_do_and_drafts_from_records(
    alice: Page, stack: Stack, scene: Scene
) -> None:
    elsewhere(
        lambda: make_promise(
            contact=scene.cast.vera,
            member=scene.cast.alice,
            text="An export that works",
            due_at=None,
            now=datetime.now(tz=UTC),
        )
    )
    opened(alice, stack, scene)
    expect(alice.get_by_test_id("why")).to_contain_text("Help was shown and the struggle went on")
    expect(alice.get_by_test_id("do")).to_contain_text("Keep the promise “An export that works”")
    expect(alice.get_by_test_id("health")).to_contain_text("Usage")
    draft = alice.get_by_test_id("draft-reply")
    expect(draft).to_contain_text("You wrote: “It does nothing”")
    expect(draft.get_by_test_id("draft-record")).to_have_count(3)

    alice.keyboard.press("i")
    alice.get_by_test_id("note-input").fill("They called <b>me</b> yesterday")
    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("note")).to_contain_text("They called <b>me</b> yesterday")
    alice.keyboard.press("t")
    alice.get_by_test_id("use-draft").click()
    expect(alice.get_by_test_id("composer-input")).to_have_value(re.compile("^Hello Vera,\n\nThis"))
    alice.get_by_test_id("quick-helped").click()
    alice.get_by_test_id("quick-undo").click()
    expect(alice.get_by_test_id("quick-helped")).to_be_visible()
    alice.get_by_test_id("quick-done").click()
    expect(alice.get_by_test_id("verdict-given")).to_contain_text("Done, not known yet")
    assert Verdict.objects.filter(escalation=scene.escalation, worked=None).count() == 1
    assert Note.objects.filter(escalation=scene.escalation).count() == 1


def test_the_palette_goes_does_and_finds(alice: Page, scene: Scene) -> None:
    row(alice, scene.escalation).click()
    expect(alice.get_by_test_id("escalation")).to_be_visible()
    alice.keyboard.press("Control+k")
    alice.get_by_test_id("palette-find").fill("snoo")
    expect(alice.get_by_test_id("palette-choice").first).to_contain_text("Snooze")
    alice.keyboard.press("Enter")
    expect(alice.get_by_test_id("snooze-form")).to_be_visible()
    alice.keyboard.press("Escape")

    alice.keyboard.press("Control+k")
    alice.get_by_test_id("palette-find").fill("kestrel")
    found = alice.get_by_test_id("palette-choice").filter(has_text="Kestrel Coffee").first
    expect(found).to_be_visible()
    found.click()
    expect(alice).to_have_url(re.compile(r"/console/(accounts|escalations)/"))


def test_hostile_words_are_text_everywhere(alice: Page, stack: Stack, scene: Scene) -> None:
    made = [escalate(scene, name, score=0.9) for name in HOSTILE]
    contact_says(scene, HOSTILE[0], made[0].conversation)
    Escalation.objects.filter(pk=made[0].pk).update(
        summary=HOSTILE[0], page=HOSTILE[1], element_name=HOSTILE[2][:100]
    )
    Note.objects.create(
        escalation=made[0], member=scene.cast.bob, text=HOSTILE[2], at=datetime.now(tz=UTC)
    )
    alice.goto(f"{stack.origin}/console/escalations/{made[0].pk}")
    expect(alice.get_by_test_id("queue-row")).to_have_count(len(HOSTILE) + 1)
    expect(alice.get_by_test_id("escalation-summary")).to_have_text(HOSTILE[0])
    expect(alice.get_by_test_id("note")).to_contain_text(HOSTILE[2])
    expect(alice.get_by_test_id("draft-reply")).to_contain_text('"><img src=x')
    alice.keyboard.press("Control+k")
    alice.get_by_test_id("palette-find").fill(HOSTILE[0])
    expect(alice.get_by_test_id("palette-find")).to_have_value(HOSTILE[0])
    alice.keyboard.press("Escape")
    expect(alice).to_have_title(re.compile(r"Queue · VCSM$"))
    wide = alice.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "a name without a space makes the page scroll sideways"


def test_a_session_that_ends_in_the_middle_of_a_take_over_loses_no_word(
    alice: Page, stack: Stack, scene: Scene
) -> None:
    opened(alice, stack, scene)
    alice.keyboard.press("t")
    alice.get_by_test_id("composer-input").fill("I have found it, it is")
    SignIn.objects.all().delete()
    # Whatever asks next learns of it: this click, or the page of itself the moment before.
    alice.evaluate("document.querySelector('[data-testid=hand-back]')?.click()")
    expect(alice.get_by_test_id("signed-out")).to_contain_text("Your session ended")
    expect(alice.get_by_test_id("kept-text")).to_have_text("I have found it, it is")
    assert violations(alice) == []
    alice.get_by_test_id("sign-in-again").click()
    expect(alice).to_have_url(re.compile(r"/console/login\?next="))
    alice.get_by_label("Name").fill(scene.cast.alice.user.username)
    alice.get_by_label("Password").fill("correct horse battery staple")
    alice.get_by_role("button", name="Sign in").click()
    expect(alice.get_by_test_id("composer-input")).to_have_value("I have found it, it is")


def test_whoever_is_removed_in_the_middle_of_a_take_over_is_told_and_keeps_their_words(
    alice: Page, stack: Stack, scene: Scene
) -> None:
    cast = scene.cast
    opened(alice, stack, scene)
    alice.keyboard.press("t")
    alice.route(re.compile("/messages$"), lambda route: route.abort())
    field = alice.get_by_test_id("composer-input")
    field.fill("This never arrived")
    field.press("Enter")
    expect(alice.get_by_test_id("draft")).to_contain_text("Not sent")
    field.fill("and this was being written")
    at = datetime.now(tz=UTC)
    elsewhere(
        lambda: remove_member(
            by=cast.bob, member_id=cast.alice.pk, successor_id=cast.bob.pk, now=at
        )
    )
    expect(alice.get_by_test_id("signed-out")).to_contain_text("not a member any more")
    expect(alice.get_by_test_id("kept-text")).to_have_text(
        ["and this was being written", "This never arrived"]
    )


def test_a_clock_ten_minutes_off_shows_the_servers_time(
    browser: Browser, stack: Stack, scene: Scene
) -> None:
    context = browser.new_context()
    context.add_init_script("const now = Date.now.bind(Date); Date.now = () => now() - 600_000")
    page, _ = watched(context)
    sign_in(page, stack, scene.cast.alice.user.username)
    fresh = escalate(scene, "Just now")
    expect(row(page, fresh).locator("time")).to_have_text("now")
    context.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        if key == "Escape":  # keys are the dialog's until it has gone
            expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_key_right_after_escape_is_not_undone_by_it(
    alice: Page, stack: Stack, scene: Scene
) -> None:
    """Both keys in one task, as on a machine that is busy: the closing is told before the next."""
    for name in ("Ines", "Omar"):
        expect(row(alice, escalate(scene, name, score=0.4))).to_be_visible()
    press(alice, "j", "x", "j", "x", "a")
    expect(alice.get_by_test_id("assign-dialog")).to_be_visible()
    alice.evaluate(
        """async () => {
          const press = (on, key) =>
            on.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))
          press(document.querySelector('dialog[open]'), 'Escape')
          await null  // what was said is drawn in a microtask, as after a real key
          press(document.body, 'm')
        }"""
    )
    expect(alice.get_by_test_id("merge-dialog")).to_be_visible()
    expect(alice.locator("dialog[open]")).to_have_count(1)


def violations(page: Page) -> list[str]:
    """What axe has against the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    # Half way between two colours nothing has the contrast that it is drawn with. Not for ever:
    # an animation that is taken away, or turns without end, never finishes.
    page.evaluate(
        "Promise.race([Promise.allSettled(document.getAnimations().map((one) => one.finished)),"
        " new Promise((done) => setTimeout(done, 1000))])"
    )
    answer = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], runOnly: "
        "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary']}"
        for one in answer["violations"]
    ]


def test_axe_finds_nothing_in_any_state(alice: Page, stack: Stack, scene: Scene) -> None:
    """The same browser, one state after the other."""
    waits = escalate(scene, "Ines", score=0.4)
    expect(row(alice, waits)).to_be_visible()
    found: dict[str, list[str]] = {}

    def look(state: str) -> None:
        if told := violations(alice):
            found[state] = told

    look("queue")
    for state, keys in {
        "keys": ["?"],
        "chosen": ["Escape", "j", "x", "j", "x"],
        "assign": ["a"],
        "merge": ["Escape", "m"],
        "palette": ["Escape", "Control+k"],
    }.items():
        press(alice, *keys)
        # Dialogs are loaded when they are first asked for.
        expect(alice.locator("dialog[open]")).to_have_count(int(state != "chosen"))
        look(state)
    press(alice, "Escape")
    alice.get_by_test_id("filters").click()
    alice.get_by_test_id("views").click()
    look("filters and views")
    alice.goto(f"{stack.origin}/console/?find=nobody")
    expect(alice.get_by_text("Nothing fits")).to_be_visible()
    look("nothing fits")
    opened(alice, stack, scene)
    expect(alice.get_by_test_id("draft-reply")).to_be_visible()
    look("escalation")
    for state, key in {"snooze": "s", "verdict": "e", "note": "i"}.items():
        press(alice, key)
        expect(alice.locator("dialog[open]")).to_have_count(int(state != "note"))
        look(state)
        press(alice, "Escape")
    alice.keyboard.press("t")
    expect(alice.get_by_test_id("composer-input")).to_be_visible()
    look("taken over")
    for theme in ("dark",):
        alice.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        look(theme)
    alice.set_viewport_size({"width": 390, "height": 844})
    look("phone")
    assert found == {}


def test_axe_finds_nothing_where_something_is_missing(
    alice: Page, stack: Stack, scene: Scene
) -> None:
    """Dead ends, what cannot be read, and no connection, in light and in dark."""
    nobody = "00000000-0000-4000-8000-000000000000"
    for place, said in {
        "nowhere": "There is no such page",
        f"escalations/{nobody}": "There is no such escalation",
        "accounts/999999999": "There is nothing at this address",
        "?view=snoozed": "Nothing is snoozed",
    }.items():
        alice.goto(f"{stack.origin}/console/{place}")
        expect(alice.get_by_text(said)).to_be_visible()
        assert violations(alice) == [], place
    alice.route(re.compile(r"/api/escalations\?"), lambda route: route.fulfill(status=500))
    alice.route_web_socket(re.compile("/console/socket$"), lambda socket: socket.close(code=1012))
    alice.goto(f"{stack.origin}/console/")
    expect(alice.get_by_text("This could not be read")).to_be_visible()
    expect(alice.get_by_test_id("offline")).to_be_visible()
    for theme in ("light", "dark"):
        alice.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert violations(alice) == [], theme
    alice.unroute_all()
    alice.get_by_role("button", name="Try again").click()
    expect(row(alice, scene.escalation)).to_be_visible()
