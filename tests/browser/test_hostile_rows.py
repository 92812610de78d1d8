"""Every text of Acme's that somebody typed, sent or imported is made hostile in the database; a
member then walks through every room of the console: no script runs, and no policy reports."""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import models, transaction
from django.db.utils import DataError, IntegrityError
from playwright.sync_api import Browser, Page

from tests.browser.console_page import elsewhere, watched
from tests.browser.console_page import sign_in as sign_in_as
from tests.cast import Cast
from tests.isolation.scene import Split, make_split
from tests.stack import ROOT, Stack
from vcsm.accounts.models import Member
from vcsm.accounts.policies import scoped_models
from vcsm.events.models import BatchBody, Event

pytestmark = [pytest.mark.browser, pytest.mark.long]

PAYLOADS = (
    '"><img src=x onerror="window.owned=1">',
    "<svg/onload=window.owned=1>",
    "</script><script>window.owned=1</script>",
    "javascript:window.owned=1//",
    "[x](javascript:window.owned=1)",
    "{{constructor.constructor('window.owned=1')()}}",
)
TYPED = re.compile(
    r"^(name|title|text|summary|element_name|page|url|email|comment|words|body|heading|question"
    r"|label|team|plan|note|said|about|query|route|message|slug|why|detail|reason_text)$"
)
"""Fields that hold what strangers, members or articles said; not states, kinds and keys."""


@pytest.fixture
def split(stack: Stack, live_cast: Cast) -> Split:
    return elsewhere(lambda: make_split(live_cast))


@pytest.fixture
def bob(browser: Browser, stack: Stack, split: Split) -> Iterator[Page]:
    """An admin, who may see every room. Signed in before his own name is hostile, too."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, problems = watched(context)
    page.add_init_script(
        "window.reports = []; document.addEventListener('securitypolicyviolation', "
        "(one) => window.reports.push(one.violatedDirective + ' ' + one.blockedURI))"
    )
    sign_in_as(page, stack, split.cast.bob.user.username)
    yield page
    context.close()
    assert problems == []


def make_hostile(split: Split) -> set[str]:
    """The fields that were changed, as `table.field`."""
    changed = set()
    for model in scoped_models():
        if model is Event:
            continue  # a view: what it shows is in the batches
        rows = model._base_manager.filter(pk__in=_of_acme(model, split))
        for field in model._meta.concrete_fields:
            text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
            if not text or not TYPED.match(field.name):
                continue
            for turn, row in enumerate(rows):
                said = PAYLOADS[turn % len(PAYLOADS)][: field.max_length]
                try:
                    with transaction.atomic():
                        model._base_manager.filter(pk=row.pk).update(**{field.name: said})
                except (DataError, IntegrityError):
                    continue  # one of a kind, and there is one already
                changed.add(f"{model._meta.label}.{field.name}")
    Member.objects.filter(workspace=split.cast.acme).update(name=PAYLOADS[0])
    _make_events_hostile(split)
    return changed


def _make_events_hostile(split: Split) -> None:
    bodies = BatchBody.objects.filter(workspace=split.cast.acme)
    assert bodies.exists()
    for body in bodies:
        said = json.dumps(PAYLOADS[0])[1:-1]
        events = re.sub(
            r'"(page|title|name|query|message)":"[^"]*"', rf'"\1":"{said}"', body.events
        )
        BatchBody.objects.filter(pk=body.pk).update(events=events)


def _of_acme(model: type[models.Model], split: Split) -> list[object]:
    from vcsm.accounts.scope import in_workspace

    with in_workspace(split.cast.acme.pk):
        return [row.pk for row in model._base_manager.all()]


def places(split: Split) -> list[str]:
    rooms = re.findall(r"path: '(\w+)'", (ROOT / "frontend/console/rooms.ts").read_text())
    assert len(rooms) > 6
    parts = ("keys", "identity", "members", "flows", "help", "pages")
    return [
        "",
        f"escalations/{split.scene.escalation.pk}",
        "friction",
        f"accounts/{split.cast.kestrel.pk}",
        "search?q=window.owned",
        *rooms,
        *(f"settings/{part}" for part in parts),
    ]


def test_nothing_of_it_is_code(bob: Page, stack: Stack, split: Split) -> None:
    changed = elsewhere(lambda: make_hostile(split))
    assert len(changed) > 20, changed
    shown = 0
    for place in places(split):
        bob.goto(f"{stack.origin}/console/{place}")
        bob.wait_for_load_state("networkidle")
        assert bob.evaluate("window.owned") is None, place
        assert bob.evaluate("window.reports") == [], place
        assert bob.locator("a[href^='javascript:' i], img[src=x], svg[onload]").count() == 0, place
        words = bob.evaluate("document.body.innerText")
        shown += "window.owned=1" in words
    assert shown >= 6, "hardly any of it was shown: the walk shows nothing"
