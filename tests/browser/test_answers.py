"""Answers that change no element near the control, or none at all; and what only looks like one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.fixture_page import Product, open_browser

MENU = "<ul class={0}><li>One</ul>"
ANSWERS = {
    "menu_shown_by_focus": f"""<style>.m1{{display:none}}
        .d:focus-within .m1{{display:block}}</style>
        <div class=d><button id=menu_shown_by_focus>Menu</button>{MENU.format("m1")}</div>""",
    "menu_faded_in_by_focus": f"""<style>.m2{{visibility:hidden;opacity:0;transition:opacity .2s}}
        .e:focus-within .m2{{visibility:visible;opacity:1}}</style>
        <div class=e><button id=menu_faded_in_by_focus>Menu</button>{MENU.format("m2")}</div>""",
    "sibling_shown_by_focus": f"""<style>.m3{{visibility:hidden}}
        #sibling_shown_by_focus:focus + .m3{{visibility:visible}}</style>
        <div><button id=sibling_shown_by_focus>Menu</button>{MENU.format("m3")}</div>""",
    "moved": """<button id=moved onclick="box.style.transform='translateX(50px)'">Next</button>
        <p id=box>Slide</p>""",
    "variable": """<button id=variable
        onclick="document.documentElement.style.setProperty('--size','20px')">Bigger</button>""",
    "rule": """<style></style><button id=rule
        onclick="document.styleSheets[0].insertRule('body{background:#eee}')">Theme</button>""",
    "adopted": """<button id=adopted onclick="const sheet = new CSSStyleSheet();
        sheet.replaceSync('body{color:#333}');
        document.adoptedStyleSheets = [sheet]">Dark</button>""",
    "beep": """<button id=beep onclick="const audio = new AudioContext();
        const tone = audio.createOscillator(); tone.connect(audio.destination);
        tone.start(); tone.stop(audio.currentTime + .05)">Beep</button>""",
    "speech": """<button id=speech
        onclick="speechSynthesis.speak(new SpeechSynthesisUtterance('hi'))">Read</button>""",
    "bitmap": """<canvas id=c width=9 height=9></canvas><button id=bitmap onclick="
        const off = new OffscreenCanvas(9, 9); off.getContext('2d').fillRect(0, 0, 9, 9);
        c.getContext('bitmaprenderer').transferFromImageBitmap(off.transferToImageBitmap())
        ">Draw</button>""",
}
SILENT = {
    "nothing": "<button id=nothing>Pay</button>",
    "pressed_look": """<style>#pressed_look{transition:all .1s}
        #pressed_look:active{transform:scale(.9)}</style><button id=pressed_look
        onpointerdown="this.style.transform='scale(.95)'"
        onpointerup="this.style.transform=''">Pay</button>""",
    "ring": """<style>.f:focus-within .icon{color:red} .f:focus-within{outline:1px solid}</style>
        <div class=f><button id=ring>Pay</button><i class=icon>*</i></div>""",
    "own_rule": """<style></style><button id=own_rule
        onclick="document.styleSheets[0].insertRule('#own_rule span{color:red}')">
        <span>Pay</span></button>""",
    "unused_rule": """<button id=unused_rule
        onclick="document.styleSheets[0].insertRule('.later{color:red}')">Pay</button>""",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as running:
        yield running


@pytest.fixture
def product(browser: Browser, parts: Path) -> Iterator[Product]:
    context = browser.new_context(viewport={"width": 900, "height": 900})
    yield Product(context.new_page(), parts)
    context.close()


def verdicts(product: Product, controls: dict[str, str]) -> dict[str, str]:
    """The last verdict of each control, clicked one after the other."""
    product.open("".join(f"<div>{body}</div>" for body in controls.values()))
    product.page.wait_for_timeout(1200)
    for control in controls:
        product.click(f"#{control}", gap=700)
    product.settle()
    clicks = [event["click"] for event in product.events("click")]
    last = {event["click"]: event["verdict"] for event in product.events("verdict")}
    assert len(clicks) == len(controls) and product.failures == []
    return {name: last.get(click, "answered") for name, click in zip(controls, clicks, strict=True)}


def test_every_answer_is_seen(product: Product) -> None:
    assert verdicts(product, ANSWERS) == dict.fromkeys(ANSWERS, "answered")


def test_what_only_looks_like_an_answer_is_none(product: Product) -> None:
    assert verdicts(product, SILENT) == dict.fromkeys(SILENT, "dead")
