"""Well-used component libraries: normal use is no friction, and planted faults are found."""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import zip_longest
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.fixture_page import Product, build, open_browser

pytestmark = pytest.mark.long
Open = Callable[[str, str], Product]
PACE = 250
"""Milliseconds between the actions of somebody who works fast."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as running:
        yield running


@pytest.fixture(scope="module")
def built(parts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return parts, build("fixtures", tmp_path_factory.mktemp("fixtures"))


@pytest.fixture(scope="module")
def opened(browser: Browser, built: tuple[Path, Path]) -> Iterator[Open]:
    """Opens pages that stay for the module; `rest` waits until all of them have come to rest."""
    contexts = []

    def open_page(library: str, part: str) -> Product:
        context = browser.new_context(viewport={"width": 900, "height": 2400})
        contexts.append(context)
        product = Product(context.new_page(), *built)
        sheet = f"<link rel=stylesheet href=/fixtures/{library}.css>"
        style = sheet if library == "shoelace" else ""
        script = f"<script type=module src=/fixtures/{library}.js></script>"
        product.open(f"{style}<div id=app></div>{script}", path=f"/{library}?part={part}")
        product.page.wait_for_selector("#app section")
        return product

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def used(opened: Open) -> dict[str, Product]:
    """Pages of each library after somebody has used all of it."""
    products = rest({library: opened(library, "working") for library in USES})
    play(products["antd"].page, [use(products[library]) for library, use in USES.items()])
    next(iter(products.values())).settle(2600)
    return products


def rest(products: dict[str, Product]) -> dict[str, Product]:
    next(iter(products.values())).page.wait_for_timeout(2500)
    return products


Script = Iterator[int]
"""What somebody does in a page; each number is a pause that they make, in milliseconds."""


def press(product: Product, target: Locator, *, times: int = 1, pace: int = PACE) -> Script:
    """Clicks the middle of something, as a hand does."""
    for _ in range(times):
        box = target.first.bounding_box()
        assert box, target
        product.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        yield pace


def press_now(product: Product, target: Locator, *, times: int = 1, pace: int = PACE) -> None:
    play(product.page, [press(product, target, times=times, pace=pace)])


def play(clock: Page, scripts: list[Script]) -> None:
    """All at once, each page with its own pauses: while one waits the others go on."""
    due = [(0.0, number) for number in range(len(scripts))]
    while due:
        at, number = heappop(due)
        clock.wait_for_timeout(max(0.0, at - monotonic()) * 1000)
        pause = next(scripts[number], None)
        if pause is not None:
            heappush(due, (monotonic() + pause / 1000, number))


def friction(product: Product, wait: int = 2600) -> list[tuple[str, str]]:
    """What stands in the end, with the name of the control."""
    product.settle(wait)
    last = {event["click"]: event for event in product.events("verdict")}
    bursts = {event["burst"]: event for event in product.events("burst")}
    verdicts = [*last.values(), *bursts.values()]
    fine = ("answered", "repeat_use")
    return [(v["element"]["name"], v["verdict"]) for v in verdicts if v["verdict"] not in fine]


Found = dict[str, dict[str, set[str]]]


def press_each(products: dict[str, Product], planted: Found) -> Found:
    """Clicks one after the other in every page, as one who is in a hurry, and says what came of it.

    The pages take turns, so that each has its pause while the others are clicked.
    """
    turns = zip_longest(*([(name, one) for one in planted[name]] for name in planted))
    for turn in turns:
        pressed = list(filter(None, turn))
        for name, selector in pressed:
            press_now(products[name], products[name].page.locator(selector))
        # Where few pages are left, what lacks of a pause.
        next(iter(products.values())).settle(max(700 - PACE * len(pressed), 0))
    next(iter(products.values())).settle(2600)
    return {name: _verdicts(products[name], list(planted[name])) for name in planted}


def _verdicts(product: Product, selectors: list[str]) -> dict[str, set[str]]:
    clicks = [event["click"] for event in product.events("click")]
    assert len(clicks) == len(selectors)
    found: dict[int, set[str]] = {click: set() for click in clicks}
    for event in product.events("verdict"):
        found[event["click"]].add(event["verdict"])
    return dict(zip(selectors, found.values(), strict=True))


def use_antd(product: Product) -> Script:
    page = product.page
    find = page.locator
    find("#number .ant-input-number").hover()
    yield from press(product, find("#number input"))
    yield from press(
        product, find("#number [class*=action-up], #number [class*=handler-up]"), times=6, pace=150
    )
    yield from press(
        product, find("#number [class*=action-down], #number [class*=handler-down]"), times=2
    )
    yield from press(product, find("#date input"))
    yield from press(
        product, find(".ant-picker-dropdown .ant-picker-header-next-btn"), times=5, pace=180
    )
    yield from press(product, find(".ant-picker-dropdown .ant-picker-header-prev-btn"), times=2)
    yield from press(product, find(".ant-picker-dropdown td.ant-picker-cell-in-view").nth(10))
    yield from press(product, find("#calendar td.ant-picker-cell-in-view").nth(12))
    yield from press(product, find("#carousel .slick-next"), times=4, pace=700)
    yield from press(product, find("#carousel .slick-dots li").nth(1))
    yield from press(product, find("#tree .ant-tree-switcher"), times=2, pace=500)
    yield from press(product, find("#tree .ant-tree-checkbox"), times=2)
    yield from press(product, find("#grid th").nth(1), times=3)
    yield from press(product, find("#grid .ant-pagination-next"), times=3, pace=250)
    yield from press(product, find("#grid tbody .ant-checkbox").nth(1), times=2)
    yield from press(product, find("#switch button"), times=5, pace=200)
    yield from press(product, find("#select .ant-select"))
    yield from press(product, find(".ant-select-item-option").nth(1))
    for star in range(5):
        yield from press(product, find("#rate .ant-rate-star").nth(star), pace=150)
    yield from press(product, find("#slider .ant-slider-rail"))
    for tab in (1, 2, 0):
        yield from press(product, find("#tabs [role=tab]").nth(tab))
    yield from press(
        product, find("#collapse [role=button], #collapse .ant-collapse-header"), times=2
    )
    yield from press(product, find("#modal button"), pace=700)
    yield from press(product, find(".ant-modal .ant-btn-primary"), pace=700)
    with page.expect_file_chooser():
        yield from press(product, find("#upload button"))


def use_shoelace(product: Product) -> Script:
    page = product.page
    find = page.locator
    yield from press(
        product, find("sl-carousel [part~=navigation-button--next]"), times=4, pace=600
    )
    yield from press(product, find("sl-carousel [part~=pagination-item]").nth(1), pace=600)
    yield from press(product, find("sl-tree-item [part=expand-button]"), times=2, pace=500)
    yield from press(product, find("sl-rating"))
    yield from press(product, find("sl-details [part=header]"), times=2, pace=600)
    yield from press(product, find("sl-switch"), times=4, pace=200)
    yield from press(product, find("sl-select"), pace=500)
    yield from press(product, find("sl-option").nth(1), pace=500)
    yield from press(product, find("#dialog sl-button"), pace=800)
    yield from press(product, find("sl-dialog [part~=close-button]"), pace=800)
    yield from press(product, find("#editor .ql-editor p"), times=3, pace=80)
    yield from press(product, find("#editor .ql-bold"), times=4, pace=250)
    yield from press(product, find("#editor .ql-italic"))
    page.keyboard.type("and some more")
    yield from press(product, find("#video button"))
    yield from press(product, find("#video video"), times=3)
    for x in range(3):
        page.mouse.move(60 + x * 40, 0)
        box = find("#drawing canvas").bounding_box()
        assert box
        page.mouse.move(box["x"] + 20 + x * 40, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + 60 + x * 40, box["y"] + 90, steps=5)
        page.mouse.up()
    yield from press(product, find("#drawing canvas"), times=6, pace=120)
    yield from press(product, find("#drawing button"))
    with page.expect_file_chooser():
        yield from press(product, find("#file input"))


def use_material(product: Product) -> Script:
    page = product.page
    find = page.locator
    yield from press(product, find("#date [aria-label='Next month']"), times=5, pace=400)
    yield from press(product, find("#date [aria-label='Previous month']"), times=2, pace=400)
    yield from press(product, find("#date [role=gridcell]:has-text('15')"))
    yield from press(product, find("#grid .ag-header-cell-label"), times=3)
    yield from press(product, find("#grid [aria-label='Next Page']"), times=4, pace=200)
    yield from press(product, find("#grid .ag-cell"), times=2)
    yield from press(product, find("#grid .ag-row .ag-checkbox-input").nth(1), times=2)
    yield from press(product, find("#pages [aria-label='Go to next page']"), times=5, pace=150)
    yield from press(product, find("#pages [aria-label='Go to page 1']"))
    for tab in (1, 2, 0):
        yield from press(product, find("#tabs [role=tab]").nth(tab))
    for side in ("center", "right", "left"):
        yield from press(product, find(f"#toggle [aria-label={side}]"))
    yield from press(product, find("#carousel [aria-label=Next]"), times=4, pace=200)
    yield from press(product, find("#carousel [aria-label=Back]"), times=3, pace=200)
    for step in (1, 2):
        yield from press(product, find("#steps button").nth(step))
    yield from press(product, find("#chips .MuiChip-deleteIcon").first, times=2)
    yield from press(product, find("#accordion button"), times=2, pace=500)
    yield from press(product, find("#fields input").first, times=3, pace=90)
    yield from press(product, find("#fields .MuiAutocomplete-popupIndicator"))
    yield from press(product, find("[role=listbox] [role=option]").nth(1))
    yield from press(product, find("#select [role=combobox]"), pace=600)
    yield from press(product, find("[role=listbox] [role=option]").nth(1), pace=600)
    yield from press(product, find("#checks label").first, times=3)
    yield from press(product, find("#checks label").nth(2))
    yield from press(product, find("#switch input"), times=4, pace=200)
    yield from press(product, find("#rating label").nth(3))
    yield from press(product, find("#slider .MuiSlider-rail"))
    yield from press(product, find("#menu button"), pace=600)
    yield from press(product, find("[role=menuitem]").first, pace=600)
    yield from press(product, find("#dialog button"), pace=700)
    yield from press(product, find("[role=dialog] button"), pace=700)
    yield from press(product, find("#snackbar button"), pace=600)
    with page.expect_file_chooser():
        yield from press(product, find("#upload label"))


USES = {"antd": use_antd, "shoelace": use_shoelace, "material": use_material}

PLANTED: Found = {
    "antd": {
        "#button button": {"dead"},
        "#number [class*=action-up], #number [class*=handler-up]": {"dead"},
        ".ant-picker-dropdown .ant-picker-header-next-btn": {"dead"},
        "#carousel button": {"dead"},
        "#tree .ant-tree-switcher": {"dead"},
        "#grid .ant-pagination-next": {"dead"},
        "#throws button": {"dead", "error"},
        "#switch button": {"dead"},
    },
    "shoelace": {
        "#button sl-button": {"dead"},
        "#dialog sl-button": {"dead", "error"},
        "#toolbar button": {"dead"},
        "#video button": {"dead"},
        "#drawing button": {"dead"},
    },
    "material": {
        "#button button": {"dead"},
        "#icon button": {"dead"},
        "#pages [aria-label='Go to page 3']": {"dead"},
        "#tabs [role=tab] >> nth=1": {"dead"},
        "#toggle button >> nth=1": {"dead"},
        "#chips .MuiChip-deleteIcon": {"dead"},
        "#accordion button": {"dead"},
        "#menu button": {"dead", "error"},
        "#grid .edit": {"dead"},
    },
}


@pytest.mark.parametrize("library", USES)
def test_normal_use_is_no_friction(used: dict[str, Product], library: str) -> None:
    product = used[library]
    assert friction(product, 0) == []
    assert len(product.events("click")) > 30
    assert product.failures == []


def test_planted_faults_are_found(opened: Open) -> None:
    products = rest({library: opened(library, "planted") for library in PLANTED})
    antd = products["antd"]
    antd.page.locator("#number .ant-input-number").hover()
    assert press_each(products, PLANTED) == PLANTED
    antd.page.evaluate("window.events.length = 0")
    press_now(antd, antd.page.locator("#button button"), times=5, pace=120)
    assert ("button Pay", "rage") in friction(antd, 1600)


def test_names_outlive_another_build_other_numbers_and_more_elements(opened: Open) -> None:
    page = opened("material", "working").page
    page.add_script_tag(type="module", url="/fixtures/names.js")
    page.wait_for_function("window.namesOf")
    read = "Object.fromEntries(window.namesOf().map((one) => [one.serial, one.id]))"
    before = page.evaluate(read)
    assert len(before) > 100
    for change in ("rebuild", "renumber", "wrap"):
        page.evaluate(f"window.changes.{change}()")
    assert page.evaluate(read) == before
    radios = "window.namesOf().filter((one) => one.section === 'checks').map((one) => one.id)"
    assert len(set(page.evaluate(radios))) == 3
