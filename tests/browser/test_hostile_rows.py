"""Every text of Acme's that somebody typed, sent or imported is made hostile in the database; a
member then walks through every room of the console: no script runs, and no policy reports."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.db import models, transaction
from django.db.utils import DataError, IntegrityError
from playwright.sync_api import Browser, Page

from tests.browser.console_page import elsewhere, watched
from tests.browser.console_page import sign_in as sign_in_as
from tests.browser.hostile_words import SAID, WORDS
from tests.cast import NOON, Cast
from tests.console.scene import add_signal
from tests.isolation.scene import Split, make_split
from tests.reports.test_digest import digest_of
from tests.stack import ROOT, Stack
from vcsm.accounts.models import Member
from vcsm.accounts.policies import scoped_models
from vcsm.events.models import BatchBody, Event
from vcsm.intent.models import Intent
from vcsm.knowledge.models import Article
from vcsm.problems.models import Problem
from vcsm.problems.roll_up import count_sessions
from vcsm.reports.digest.gather import MOST_LINES
from vcsm.reports.digest.words import write_html

pytestmark = [pytest.mark.browser, pytest.mark.long]

TYPED = re.compile(
    r"^(name|title|text|summary|element_name|page|url|email|comment|words|body|heading|question"
    r"|label|team|plan|note|said|about|query|route|message|slug|why|detail|reason_text|description"
    r"|goal|source|external_id|error|problem|user_agent|release|pattern|old|new|taken_back_why"
    r"|run_by|settled_by|actor|addresses|place|failed|done_by|judgement_why)$"
)
"""Fields that hold what strangers, members or articles said; not states, kinds and keys."""
INSIDE = re.compile(r"^(source|evidence|phrases|steps|alternatives|facts|worth|body|arguments)$")
"""Fields of JSON whose texts are somebody's."""
MARKUP = "a[href^='javascript:' i], a[href^='data:' i], img[src=x], svg[onload], [onerror], iframe"


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
    changed, turn = set(), count()
    for model in scoped_models():
        if model is Event:
            continue  # a view: what it shows is in the batches
        rows = model._base_manager.filter(pk__in=_of_acme(model, split))
        for field in model._meta.concrete_fields:
            for row in rows:
                said = hostile(field, getattr(row, field.attname), turn)
                if said is not None and _write(model, row.pk, field.name, said):
                    changed.add(f"{model._meta.label}.{field.name}")
    Member.objects.filter(workspace=split.cast.acme).update(name=WORDS[0])
    _make_events_hostile(split)
    return changed


def hostile(field: "models.Field[Any, Any]", value: Any, turn: Iterator[int]) -> Any:
    """What is written instead of the value; None where it stays."""
    if isinstance(field, models.JSONField):
        return replaced(value, turn) if INSIDE.match(field.name) else None
    text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
    if not text or not TYPED.match(field.name):
        return None
    return WORDS[next(turn) % len(WORDS)][: field.max_length]


def replaced(value: Any, turn: Iterator[int]) -> Any:
    if isinstance(value, dict):
        return {name: replaced(one, turn) for name, one in value.items()}
    if isinstance(value, list):
        return [replaced(one, turn) for one in value]
    return WORDS[next(turn) % len(WORDS)] if isinstance(value, str) else value


def _write(model: type[models.Model], pk: object, name: str, said: Any) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{name: said})
    except (DataError, IntegrityError):
        return False  # one of a kind, and there is one already
    return True


def _make_events_hostile(split: Split) -> None:
    bodies = BatchBody.objects.filter(workspace=split.cast.acme)
    assert bodies.exists()
    for body in bodies:
        said = json.dumps(WORDS[0])[1:-1]
        events = re.sub(
            r'"(page|title|name|query|message)":"[^"]*"',
            lambda found, said=said: f'"{found[1]}":"{said}"',  # type: ignore[misc]
            body.events,
        )
        BatchBody.objects.filter(pk=body.pk).update(events=events)


def _of_acme(model: type[models.Model], split: Split) -> list[object]:
    from vcsm.accounts.scope import in_workspace

    with in_workspace(split.cast.acme.pk):
        return [row.pk for row in model._base_manager.all()]


def places(split: Split) -> list[str]:
    rooms = re.findall(r"path: '(\w+)'", (ROOT / "frontend/console/rooms.ts").read_text())
    assert len(rooms) > 6
    acme = split.cast.acme
    return [
        "",
        f"escalations/{split.scene.escalation.pk}",
        "friction?period=30d",
        f"accounts/{split.cast.kestrel.pk}",
        *(f"problems/{one.pk}" for one in Problem.objects.filter(workspace=acme)),
        *(f"articles/edit/{one.pk}" for one in Article.objects.filter(workspace=acme)),
        *(f"intents/edit/{one.pk}" for one in Intent.objects.filter(workspace=acme)[:2]),
        "search?q=window.owned",
        *rooms,
        *(place for room in rooms for place in tabs(room)),
    ]


def tabs(room: str) -> list[str]:
    """The room's further pages, as its own tabs name them."""
    for source in (ROOT / "frontend/console").glob("*/page.tsx"):
        code = source.read_text()
        if f'room="{room}"' in code and "const TABS" in code:
            named = code.partition("const TABS")[2].partition("\n]")[0]
            return [f"{room}/{one}" for one in re.findall(r"\['(\w+)',", named)]
    return []


def struggle_everywhere(split: Split) -> None:
    """Today, so that the reports show it: a control and a page named with each of the words."""
    session = split.cast.session()
    since = (datetime.now(tz=UTC) - NOON).total_seconds()
    for number, said in enumerate(WORDS):
        add_signal(
            session, key=f"h{number}", seconds=since, element=f"h{number}",
            element_name=said[:120], page=said[:512],
        )  # fmt: skip
    count_sessions(workspace_id=session.workspace_id, sessions=[session.pk])


def is_too_wide(page: Page) -> bool:
    wide = "(one) => one && one.scrollWidth > one.clientWidth + 1"
    return bool(
        page.evaluate(f"[document.documentElement, document.querySelector('#main')].some({wide})")
    )


def test_nothing_of_it_is_code(bob: Page, stack: Stack, split: Split) -> None:
    changed = elsewhere(lambda: make_hostile(split))
    assert len(changed) > 50, changed
    elsewhere(lambda: struggle_everywhere(split))
    asked: list[str] = []
    bob.on("request", lambda one: asked.append(one.url))
    shown = 0
    for place in elsewhere(lambda: places(split)):
        bob.goto(f"{stack.origin}/console/{place}")
        bob.wait_for_load_state("networkidle")
        assert bob.evaluate("window.owned") is None, place
        assert bob.evaluate("window.reports") == [], place
        assert bob.locator(MARKUP).count() == 0, place
        assert not is_too_wide(bob), place
        shown += SAID in bob.evaluate("document.body.innerText")
    assert shown >= 12, "hardly any of it was shown: the walk shows nothing"
    assert [one for one in asked if not one.startswith(f"{stack.origin}/")] == []


def test_nor_is_it_in_mail(browser: Browser, live_cast: Cast) -> None:
    digest = elsewhere(lambda: digest_of(live_cast))
    line, problem = digest.week.lines[0], digest.problems[0]
    lines = tuple(replace(line, page=one[:512], element_name=one[:120]) for one in WORDS)
    page = browser.new_page(viewport={"width": 360, "height": 700})
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    for turn in range(0, len(WORDS), MOST_LINES):
        said = WORDS[turn % len(WORDS)]
        hostile = replace(
            digest,
            workspace=said[:120],
            week=replace(digest.week, lines=lines[turn:]),
            problems=(replace(problem, title=said[:200], team=said[:80], release=said[:60]),),
        )
        page.set_content(write_html(hostile, pictures={}))
        assert said.split()[0][:20] in page.inner_text("h1")
        assert page.evaluate("window.owned") is None
        assert page.locator(f"{MARKUP}, form, base, link").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert asked == []
    page.close()
