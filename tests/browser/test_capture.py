"""The capture in a real browser: what a page shows and does, and what is made of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.fixture_page import START, Product, open_browser

Open = Callable[..., Product]

ANSWERS = """
<button id=stepper onclick="n.textContent++">+</button><b id=n>0</b>
<button id=menu onpointerdown="list.hidden = !list.hidden">Menu</button>
<ul id=list hidden><li>One</ul>
<label><input type=checkbox id=box> Agree</label>
<label id=for-text>Name <input id=field></label>
<details><summary id=more>More</summary>Text</details>
<a id=file href=/file.csv download>Report</a> <a id=tab href=/other target=_blank>New tab</a>
<button id=picker onclick="upload.click()">Upload</button><input type=file id=upload hidden>
<button id=slow onclick="fetch('/api/slow')">Save</button>
<button id=fill onclick="date.value='2026-01-01'">Today</button><input type=date id=date>
<button id=sound onclick="new Audio().play().catch(() => 0)">Play</button>
<canvas id=canvas width=80 height=40></canvas>
<button id=wipe onclick="canvas.getContext('2d').clearRect(0, 0, 9, 9)">Wipe</button>
<button id=copy onclick="navigator.clipboard.writeText('x').catch(() => 0)">Copy</button>
<button id=ask onclick="confirm('Sure?')">Ask</button>
<button id=route onclick="history.pushState(0, '', '/accounts/99')">Go</button>
<p id=text>Some words that a contact may want to select and copy from here</p>
<div id=editor contenteditable>Write</div>
<button id=dialog onclick="modal.showModal()">Open</button><dialog id=modal>Hello</dialog>
"""
PLANTED = """
<button id=dead>Pay</button>
<div id=pointer style="cursor:pointer;width:80px">Card</div>
<button id=ripple onpointerdown="this.classList.add('is-pressed')"
  onpointerup="this.classList.remove('is-pressed')">Ripple</button>
<button id=throws onclick="nothing.here()">Throws</button>
<button id=fails onclick="fetch('/api/fails')">Fails</button>
<button id=off disabled>Off</button>
<a id=nowhere href="#" onclick="event.preventDefault()">Nowhere</a>
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as running:
        yield running


@pytest.fixture
def opened(browser: Browser, parts: Path) -> Iterator[Open]:
    contexts = []

    def open_page(body: str, *, touch: bool = False, **more: str) -> Product:
        context = browser.new_context(has_touch=touch)
        contexts.append(context)
        product = Product(context.new_page(), parts)
        product.open(body, **more)
        # A click that wakes a window explains itself: let the page's own waking pass.
        product.page.wait_for_timeout(1100)
        return product

    yield open_page
    for context in contexts:
        context.close()


def test_it_works(opened: Open) -> None:
    product = opened("<button data-testid=pay class=css-1x2y3z>Pay 1,234.50 to Vera</button>")
    product.click("button")
    product.settle()
    [click] = product.events("click")
    [verdict] = product.events("verdict")
    assert (verdict["verdict"], verdict["click"]) == ("dead", click["click"])
    assert verdict["element"] == click["element"]
    assert click["page"] == "/invoices/:id"
    assert "secret" not in json.dumps(product.events("page"))


def test_normal_use_of_everything_that_answers_is_no_friction(opened: Open) -> None:
    product = opened(ANSWERS)
    product.page.on("dialog", lambda dialog: dialog.dismiss())
    product.click("#stepper", times=6, gap=120)
    product.click("#menu", times=2, gap=300)
    product.click("#box", times=4, gap=150)
    for name in ("for-text", "more", "file", "slow", "fill", "sound", "canvas", "wipe"):
        product.click(f"#{name}", gap=250)
    for name in ("copy", "ask", "route", "editor", "picker"):
        product.click(f"#{name}", gap=250)
    product.click("#text", times=3, gap=90)
    product.click("#dialog")
    product.settle()
    assert len(product.events("click")) > 20
    assert (product.verdicts(), set(product.bursts())) == ([], {"repeat_use"})
    assert product.failures == []


def test_a_new_tab_is_an_answer(opened: Open) -> None:
    product = opened("<button onclick=\"window.open('/other')\">Open</button>")
    product.click("button")
    product.settle()
    assert product.verdicts() == []


def test_planted_faults_are_all_found(opened: Open) -> None:
    product = opened(PLANTED)
    # One after the other, as somebody in a hurry would: the next click hides no fault.
    for name in ("dead", "pointer", "ripple", "throws", "fails", "off", "nowhere"):
        product.click(f"#{name}", gap=700)
    product.settle()
    names = {event["click"]: event["element"]["name"] for event in product.events("click")}
    found = {(names[event["click"]], event["verdict"]) for event in product.events("verdict")}
    assert found == {
        ("button Pay", "dead"), ("div Card", "dead"), ("button Ripple", "dead"),
        ("button Throws", "error"), ("button Throws", "dead"), ("button Fails", "error"),
        ("button Off", "disabled"), ("link Nowhere", "dead"),
    }  # fmt: skip
    [error] = product.events("error")
    assert error["click"] is not None
    [request] = product.events("request")
    assert (request["route"], request["status"]) == ("/api/fails", 503)


def test_hammering_a_dead_button_is_rage_and_hammering_a_working_one_is_use(opened: Open) -> None:
    product = opened(
        '<button id=a>Pay</button> <button id=b onclick="n.textContent++">Add</button><b id=n>0</b>'
    )
    for name in ("a", "b"):
        product.click(f"#{name}", times=5)
        product.settle(1400)
    assert product.bursts() == ["rage", "repeat_use"]


def test_a_clock_does_not_hide_a_dead_button(opened: Open) -> None:
    clock = "<script>setInterval(() => { clock.textContent = performance.now() }, 500)</script>"
    product = opened(f"<p>Now <b id=clock>0</b></p><button>Pay</button>{clock}")
    product.page.wait_for_timeout(2600)
    # Between two ticks: at the very tick nobody could tell.
    product.page.evaluate(
        "new Promise((done) => new MutationObserver(() => setTimeout(done, 150))"
        ".observe(document.getElementById('clock'), { childList: true }))"
    )
    product.click("button")
    product.settle()
    assert product.verdicts() == ["dead"]


def test_a_marked_region_does_not_hide_a_dead_button(opened: Open) -> None:
    product = opened(
        "<div data-vcsm-noise><b id=n>0</b></div>"
        "<button onclick=\"n.textContent = 'not an answer'\">Pay</button>"
    )
    product.click("button")
    product.settle()
    assert product.verdicts() == ["dead"]


def test_elements_can_be_left_out(opened: Open) -> None:
    product = opened('<section data-vcsm-ignore="rage dead"><button>Pay</button></section>')
    product.click("button")
    assert product.events("click")[0]["element"]["ignore"].split() == ["rage", "dead"]


def test_open_shadow_roots_and_frames_of_the_same_origin_are_seen(opened: Open) -> None:
    product = opened(
        "<div id=host></div><iframe id=frame srcdoc='<button>Inside</button>'></iframe>",
        before="""addEventListener('DOMContentLoaded', () => {
          const root = document.getElementById('host').attachShadow({ mode: 'open' })
          root.innerHTML = '<button id=dead>Dead</button> <button id=add>Add</button><b>0</b>'
          root.getElementById('add').onclick = () => root.querySelector('b').textContent++
        })""",
    )
    for name in ("dead", "add"):
        product.click(f"#host >> #{name}", gap=700)
    frame = product.page.frame_locator("#frame").locator("button")
    box = frame.bounding_box()
    assert box
    product.page.mouse.click(box["x"] + 5, box["y"] + 5)
    product.settle()
    assert product.verdicts() == ["dead", "dead"]
    named = [event["element"]["name"] for event in product.events("verdict")]
    assert named == ["button Dead", "button Inside"]


def test_touch(opened: Open) -> None:
    product = opened(
        "<button>Pay</button><div class=carousel style='touch-action:none;height:200px'>1</div>"
        "<div style='height:3000px'></div>",
        touch=True,
    )
    touch = product.page.context.new_cdp_session(product.page)

    def swipe(x: int, y: int, dx: int, dy: int) -> None:
        points: list[dict[str, Any]] = [
            {"x": x + dx * i / 8, "y": y + dy * i / 8} for i in range(9)
        ]
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
        for point in points[1:]:
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe(100, 120, 90, 0)
    product.settle()
    assert product.verdicts() == ["dead_swipe"]
    box = product.page.locator("button").bounding_box()
    assert box
    swipe(int(box["x"]) + 5, int(box["y"]) + 5, 0, -100)
    product.settle()
    assert len(product.verdicts()) == 1


def test_stop_leaves_the_page_as_it_was(opened: Open) -> None:
    product = opened(
        "<button>Pay</button>",
        before="const { click } = HTMLElement.prototype, { send } = XMLHttpRequest.prototype;"
        "window.before = [fetch, send, click]",
    )
    product.page.evaluate(
        """() => {
          const ours = window.open
          window.open = function () { return ours.apply(this, arguments) }
          window.theirs = window.open
          window.stop()
        }"""
    )
    same = "[fetch, XMLHttpRequest.prototype.send, HTMLElement.prototype.click]"
    assert product.page.evaluate(
        f"{same}.every((now) => window.before.includes(now)) && window.open === window.theirs"
    )
    product.page.evaluate("window.events.length = 0")
    product.click("button", times=4)
    product.settle()
    assert product.page.evaluate("window.events") == []
    assert product.failures == []


PASSED_ON = ["animate", "attachShadow", "fetch", "pushState"]
"""What the page itself calls through a wrapper of ours."""
CLOCK = ["addEventListener", "performance", "now", "timeOrigin"]
HOSTILE = """
// Everything below throws when the widget calls it, and only then: the page itself goes on.
window.refused = new Set()
window.hostile = true
const refuse = (name) => {
  if (!window.hostile || SPARED.includes(name) || !new Error().stack.includes('/widget/')) return
  window.refused.add(name)
  throw new Error('not for you')
}
const owners = [Element, Node, Document, Event, UIEvent, MouseEvent, EventTarget, Performance,
  MutationObserver, PerformanceObserver, Storage, Selection, History].map((one) => one.prototype)
for (const owner of [...owners, window, globalThis.navigation].filter(Boolean)) {
  for (const [name, was] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
    if (name === 'constructor' || name === 'Error' || !was.configurable) continue
    const now = { ...was }
    if (was.get) now.get = function () { refuse(name); return was.get.call(this) }
    else if (typeof was.value !== 'function') continue
    else if (was.value.prototype && !/Observer$/.test(name)) continue
    else now.value = function (...all) {
      refuse(name)
      return new.target ? new was.value(...all) : was.value.apply(this, all)
    }
    Object.defineProperty(owner, name, now)
  }
}
"""


@pytest.mark.parametrize(
    ("spared", "refused"),
    [
        ([], 1),
        (CLOCK, 5),
        ([*CLOCK, "timeStamp", "composedPath", "MutationObserver", "observe"], 7),
    ],
)
def test_a_page_where_everything_throws_never_hears_of_us(
    opened: Open, spared: list[str], refused: int
) -> None:
    product = opened(
        "<button onclick=\"document.title = 'answered'\">Pay</button><input>",
        before=f"const SPARED = {json.dumps(spared)};{HOSTILE}",
    )
    product.page.mouse.click(30, 20)
    product.page.keyboard.press("Tab")
    product.page.keyboard.type("words")
    product.settle()
    assert product.page.title() == "answered"
    assert product.failures == []
    assert len(product.page.evaluate("[...window.refused]")) >= refused


def test_a_page_that_turns_hostile_never_hears_of_us(opened: Open) -> None:
    """All that the widget calls while it works, from its own start on."""
    product = opened(
        "<button onclick=\"document.title = 'answered'\">Pay</button><input><p>Some words</p>",
        before=f"const SPARED = {json.dumps(PASSED_ON)};{HOSTILE};hostile = false",
    )
    product.page.evaluate("hostile = true")
    product.page.mouse.click(30, 20)
    product.page.keyboard.press("Tab")
    product.page.keyboard.type("words")
    product.page.mouse.click(40, 60, click_count=2)
    product.page.mouse.wheel(0, 90)
    product.page.evaluate(
        "document.querySelector('p').animate([], 50); history.pushState(0, '', '/b');"
        "document.querySelector('p').attachShadow({mode: 'open'}); fetch('/api/x')"
    )
    product.settle()
    refused = set(product.page.evaluate("[...refused]"))
    product.page.evaluate("stop()")
    assert product.page.title() == "answered"
    assert product.failures == []
    assert {"now", "composedPath", "isTrusted"} & refused
    # Let be again, it still judges what it can, or has ended: it does not break later either.
    product.page.evaluate("hostile = false")
    product.click("button")
    assert product.failures == []


def test_an_emit_that_throws_is_not_the_pages_problem(opened: Open) -> None:
    start = START.replace(
        "window.events.push(event)", "{ window.events.push(event); throw Error() }"
    )
    product = opened("<button>Pay</button>", start=start)
    product.click("button")
    product.settle()
    assert product.verdicts() == ["dead"]
    assert product.failures == []


def test_a_flood_of_synthetic_events_is_not_looked_at(opened: Open) -> None:
    """A tenth of what `manage.py benchmark hostile` fires, which says what a million leave."""
    product = opened("<button>Pay</button>")
    devtools = product.page.context.new_cdp_session(product.page)

    def heap() -> float:
        devtools.send("HeapProfiler.collectGarbage")
        return float(devtools.send("Runtime.getHeapUsage")["usedSize"])

    product.page.wait_for_timeout(1000)
    before = heap()
    product.page.evaluate(
        """() => {
          const button = document.querySelector('button')
          const kinds = ['pointerdown', 'pointerup', 'click', 'keydown', 'scroll']
          for (let i = 0; i < 100_000; i++) {
            button.dispatchEvent(new Event(kinds[i % 5], { bubbles: true, composed: true }))
          }
        }"""
    )
    assert heap() - before < 500_000
    assert product.events("click") == product.events("verdict") == []
    product.click("button")
    product.settle()
    assert product.verdicts() == ["dead"]
