from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from vcsm.accounts.models import Account, Contact, Member, WidgetKey, Workspace
from vcsm.demo.articles import read_articles
from vcsm.demo.logins import ensure_logins, logins_file, read_logins
from vcsm.demo.northbank import GLOBEX, NORTHBANK, VERA
from vcsm.demo.seed import seed, seed_people, username_of
from vcsm.intent.models import Intent, IntentExample, Taxonomy
from vcsm.knowledge.models import Article, Chunk
from vcsm.success.models import ChecklistItem, Plan, Promise

pytestmark = pytest.mark.django_db

SEEDED = (
    Workspace, WidgetKey, Member, Account, Contact, Intent, IntentExample, Article, Chunk,
    ChecklistItem, Plan, Promise,
)  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_twice_is_once() -> None:
    first = seed(lambda line: None)
    rows = {model: set(model.objects.values_list("pk", flat=True)) for model in SEEDED}
    edits = Taxonomy.objects.get(workspace__slug=NORTHBANK.slug).version

    said: list[str] = []
    assert seed(said.append) == first
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in SEEDED} == rows
    assert Taxonomy.objects.get(workspace__slug=NORTHBANK.slug).version == edits
    assert len(said) == 2, "the second run has nothing to do but to look at both workspaces"

    northbank = Workspace.objects.get(slug=NORTHBANK.slug)
    assert Intent.objects.filter(workspace=northbank).count() == 77
    assert IntentExample.objects.filter(intent__workspace=northbank).count() == 770
    assert Article.objects.filter(workspace=northbank).count() == len(read_articles())
    assert Chunk.objects.filter(workspace=northbank).count() > len(read_articles())
    vera = Contact.objects.get(workspace=northbank, external_id=VERA)
    assert vera.account is not None
    assert (vera.account.name, str(vera.account.owner)) == ("Kestrel Coffee", "Alice Meyer")

    # An article that changed is indexed again, and it alone.
    article = Article.objects.get(workspace=northbank, slug="change-pin")
    Article.objects.filter(pk=article.pk).update(body="Old words.")
    others = set(Chunk.objects.exclude(article=article).values_list("pk", flat=True))
    seed(lambda line: None)
    article.refresh_from_db()
    assert "cash machine" in article.body
    assert set(Chunk.objects.exclude(article=article).values_list("pk", flat=True)) == others


def seed_both() -> dict[str, str]:
    names = [username_of(one, demo) for demo in (NORTHBANK, GLOBEX) for one in demo.members]
    logins = ensure_logins(names)
    for demo in (NORTHBANK, GLOBEX):
        seed_people(demo, logins)
    return logins


def test_globex_has_nothing_of_northbank() -> None:
    seed_both()
    charlie = Member.objects.get(user__username=f"charlie@{GLOBEX.slug}.example")
    contacts = Contact.objects.filter(workspace=charlie.workspace)
    assert list(contacts.values_list("name", flat=True)) == ["Milton Waddams"]


def test_passwords_are_this_homes_own(tmp_path: Path, settings: Any) -> None:
    here = seed_both()
    assert read_logins() == here
    assert logins_file().stat().st_mode & 0o077 == 0
    assert len(set(here.values())) == len(here) == 4

    settings.HOME = tmp_path / "another"
    there = seed_both()
    alice = User.objects.get(username="alice@northbank.example")
    assert there != here
    assert alice.check_password(there[alice.username])
