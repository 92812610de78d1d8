"""Puts the demo's workspaces into the database. A second run changes nothing and is quick."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from vcsm.accounts.models import Account, Contact, Member, WidgetKey, Workspace
from vcsm.conversations.models import NudgeSettings
from vcsm.demo.articles import read_articles
from vcsm.demo.banking77 import read_examples, title_of
from vcsm.demo.logins import ensure_logins
from vcsm.demo.northbank import (
    GLOBEX,
    NORTHBANK,
    DemoAccount,
    DemoMember,
    DemoWorkspace,
    contact_id,
)
from vcsm.demo.relation import seed_relation
from vcsm.governance.approvals import approve_at_setup
from vcsm.governance.lists import put_in_force, read_in_force
from vcsm.intent.models import Intent
from vcsm.intent.taxonomy import save_intent
from vcsm.knowledge.articles import ArticleText, save_article
from vcsm.knowledge.models import Article
from vcsm.replay.switch import turn_on
from vcsm.setup.account_record import RecordChange, change_record

EXAMPLES_PER_INTENT = 10
LOCAL_ORIGINS = ["http://localhost:*", "http://127.0.0.1:*"]

Tell = Callable[[str], None]


def seed(tell: Tell) -> dict[str, str]:
    """Makes both workspaces, their people, intents and articles; returns user name → password."""
    usernames = [
        username_of(member, demo) for demo in (NORTHBANK, GLOBEX) for member in demo.members
    ]
    logins = ensure_logins(usernames)
    for demo in (NORTHBANK, GLOBEX):
        tell(f"{demo.name}: members, accounts, contacts")
        seed_people(demo, logins)
        workspace = Workspace.objects.get(slug=demo.slug)
        seed_guardrails(workspace)
    northbank = Workspace.objects.get(slug=NORTHBANK.slug)
    turn_on(workspace_id=northbank.pk, by=None, now=datetime.now(UTC))
    seed_relation(northbank)
    seed_intents(northbank, tell)
    seed_articles(northbank, tell)
    return {name: logins[name] for name in usernames}


def username_of(member: DemoMember, demo: DemoWorkspace) -> str:
    return f"{member.key}@{demo.slug}.example"


@transaction.atomic
def seed_people(demo: DemoWorkspace, logins: dict[str, str]) -> Workspace:
    workspace, _ = Workspace.objects.get_or_create(
        slug=demo.slug, defaults={"name": demo.name, "currency": demo.currency}
    )
    if not workspace.widget_keys.filter(revoked_at=None).exists():
        WidgetKey.objects.create(workspace=workspace, origins=LOCAL_ORIGINS)
    # The demo answers every struggle; elsewhere a tenth of the nudges is withheld to measure them.
    NudgeSettings.objects.get_or_create(workspace=workspace, defaults={"withhold": 0})
    members = {
        member.key: _member(workspace, member, demo=demo, logins=logins) for member in demo.members
    }
    for account in demo.accounts:
        _account(workspace, account, owner=members[account.owner])
    return workspace


def seed_guardrails(workspace: Workspace) -> None:
    """Approves what the demo shows; a list that somebody has put in force is left alone."""
    now = datetime.now(UTC)
    approve_at_setup(workspace_id=workspace.pk, by=None, now=now)
    if read_in_force(workspace.pk).row is None:
        text = Path(__file__).with_name("guardrails.toml").read_text()
        put_in_force(workspace_id=workspace.pk, text=text, by=None, now=now)


def seed_intents(workspace: Workspace, tell: Tell) -> None:
    """Adds the 77 intents of BANKING77 with ten examples each; existing ones are left alone."""
    there = set(Intent.objects.filter(workspace=workspace).values_list("name", flat=True))
    wanted = {
        label: examples
        for label, examples in read_examples(EXAMPLES_PER_INTENT).items()
        if label not in there
    }
    if wanted:
        tell(f"{workspace.name}: {len(wanted)} intents, {EXAMPLES_PER_INTENT} examples each")
    for label, examples in wanted.items():
        save_intent(workspace_id=workspace.pk, name=label, title=title_of(label), examples=examples)


def seed_articles(workspace: Workspace, tell: Tell) -> None:
    """Adds the help centre; an article is indexed again only when its text or address changed."""
    there = {article.slug: article for article in Article.objects.filter(workspace=workspace)}
    written = 0
    for one in read_articles():
        article = there.get(one.slug)
        if article and (article.title, article.body, article.url) == (one.title, one.body, one.url):
            continue
        save_article(
            workspace_id=workspace.pk,
            slug=one.slug,
            text=ArticleText(one.title, one.body, one.url),
            at=datetime.now(UTC),
        )
        written += 1
    if written:
        tell(f"{workspace.name}: {written} articles, chunked and indexed")


def _member(
    workspace: Workspace, member: DemoMember, *, demo: DemoWorkspace, logins: dict[str, str]
) -> Member:
    username = username_of(member, demo)
    user, made = User.objects.get_or_create(username=username, defaults={"email": username})
    # Another home may have seeded this database with its own passwords, but the printed ones must
    # work.
    if made or not user.check_password(logins[username]):
        user.set_password(logins[username])
        user.save(update_fields=["password"])
    row, _ = Member.objects.get_or_create(
        user=user, defaults={"workspace": workspace, "name": member.name, "role": member.role}
    )
    return row


def _account(workspace: Workspace, account: DemoAccount, *, owner: Member) -> None:
    row, made = Account.objects.get_or_create(
        workspace=workspace,
        external_id=account.external_id,
        defaults={"name": account.name, "owner": owner},
    )
    if made:
        record = RecordChange(
            plan=account.plan,
            annual_revenue=Decimal(account.annual_revenue),
            renews_on=account.renews_on,
        )
        change_record(account_id=row.pk, changes=record, by=owner, now=datetime.now(UTC))
    domain = f"{account.external_id}.example"
    for name in account.contacts:
        Contact.objects.get_or_create(
            workspace=workspace,
            external_id=contact_id(name),
            defaults={
                "account": row,
                "name": name,
                "email": f"{contact_id(name)}@{domain}",
            },
        )
