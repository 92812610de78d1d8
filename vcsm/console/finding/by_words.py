"""Finds what contains every word that is typed, in any case.

Row-level security keeps PostgreSQL from using a text index for a member's query (its operators
are not leakproof), so the workspace's own rows are read through, with one query for each kind.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from vcsm.accounts.models import Account, Contact
from vcsm.console.finding.hit import Hit, make_hit
from vcsm.conversations.models import Message
from vcsm.escalation.models import Escalation
from vcsm.intent.models import Intent
from vcsm.knowledge.chunk import split_article
from vcsm.knowledge.models import Article
from vcsm.problems.models import Problem

Words = Sequence[str]


def find_accounts(workspace_id: int, words: Words, limit: int) -> list[Hit]:
    rows = Account.objects.filter(workspace_id=workspace_id).select_related("owner")
    found = _first_by(_having(rows, words, "name", "external_id", "plan"), "name", words)
    return [
        make_hit(
            kind="account",
            id=row.pk,
            title=row.name,
            text="" if any(word.casefold() in row.name.casefold() for word in words) else _id(row),
            note=_account_note(row),
            address=f"/console/accounts/{row.pk}",
            words=words,
        )
        for row in found.order_by("at", "name", "pk")[:limit]
    ]


def find_contacts(workspace_id: int, words: Words, limit: int) -> list[Hit]:
    rows = Contact.objects.filter(workspace_id=workspace_id, external_id__isnull=False)
    found = _having(rows.select_related("account"), words, "name", "email", "external_id")
    return [
        make_hit(
            kind="contact",
            id=row.pk,
            title=str(row),
            text=row.email,
            note=row.account.name if row.account else "no account",
            address=f"/console/accounts/{row.account_id}" if row.account_id else "",
            words=words,
        )
        for row in _first_by(found, "name", words).order_by("at", "name", "pk")[:limit]
    ]


def find_escalations(workspace_id: int, words: Words, limit: int) -> list[Hit]:
    rows = Escalation.objects.filter(workspace_id=workspace_id).select_related(
        "contact", "account", "intent"
    )
    found = _having(
        rows, words, "summary", "element_name", "page", "contact__name", "account__name"
    )
    unresolved = Case(When(state="resolved", then=Value(1)), default=Value(0))
    return [
        make_hit(
            kind="escalation",
            id=row.pk,
            title=row.summary,
            text=" · ".join(part for part in (str(row.contact), _name(row.account)) if part),
            note=row.state,
            address=f"/console/escalations/{row.pk}",
            words=words,
        )
        for row in found.order_by(unresolved, "-opened_at", "pk")[:limit]
    ]


def find_messages(workspace_id: int, words: Words, limit: int) -> list[Hit]:
    rows = Message.objects.filter(workspace_id=workspace_id).exclude(text="")
    found = _having(rows.select_related("conversation__contact__account", "member"), words, "text")
    return message_hits(list(found.order_by("-pk")[:limit]), words)


def message_hits(rows: Sequence[Message], words: Words, *, by: str = "words") -> list[Hit]:
    """Returns a hit for each message; it opens in its conversation's newest escalation, or else on
    the contact's account."""
    talks = {row.conversation_id for row in rows}
    calls = Escalation.objects.filter(conversation__in=talks).order_by("opened_at")
    of_talk = dict(calls.values_list("conversation", "pk"))
    hits = []
    for row in rows:
        contact = row.conversation.contact
        call = of_talk.get(row.conversation_id)
        account = f"/console/accounts/{contact.account_id}" if contact.account_id else ""
        hits.append(
            make_hit(
                kind="message",
                id=row.pk,
                title=_writer(row),
                text=row.text,
                note=f"{row.sent_at:%Y-%m-%d}",
                address=f"/console/escalations/{call}" if call else account,
                words=words,
                by=by,
            )
        )
    return hits


def find_problems(workspace_id: int, words: Words, limit: int) -> list[Hit]:
    rows = Problem.objects.filter(workspace_id=workspace_id).exclude(state=Problem.State.MERGED)
    found = _having(rows, words, "title", "page")
    return [
        make_hit(
            kind="problem",
            id=row.pk,
            title=row.title,
            text=row.page,
            note=row.state,
            address=f"/console/problems/{row.pk}",
            words=words,
        )
        for row in found.order_by("-opened_at", "pk")[:limit]
    ]


def find_articles(workspace_id: int, words: Words, limit: int) -> list[Hit]:
    rows = Article.objects.filter(workspace_id=workspace_id)
    found = _first_by(_having(rows, words, "title", "body"), "title", words)
    return [
        make_hit(
            kind="article",
            id=row.pk,
            title=row.title,
            text=" ".join(one.text for one in split_article(title=row.title, body=row.body)),
            note="" if row.published else "draft",
            address=f"/console/articles/edit/{row.pk}",
            words=words,
        )
        for row in found.order_by("at", "title", "pk")[:limit]
    ]


def find_intents(workspace_id: int, words: Words, limit: int) -> list[Hit]:
    rows = Intent.objects.filter(workspace_id=workspace_id, retired_at=None)
    found = _first_by(_having(rows, words, "title", "name", "description"), "title", words)
    return [
        intent_hit(row, words, by="words") for row in found.order_by("at", "title", "pk")[:limit]
    ]


def intent_hit(intent: Intent, words: Words, *, by: str, text: str = "") -> Hit:
    return make_hit(
        kind="intent",
        id=intent.pk,
        title=intent.title,
        text=text or intent.description,
        note="",
        address=f"/console/intents/edit/{intent.pk}",
        words=words,
        by=by,
    )


def _having(rows: QuerySet[Any], words: Words, *fields: str) -> QuerySet[Any]:
    for word in words:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(anywhere)
    return rows


def _first_by(rows: QuerySet[Any], field: str, words: Words) -> QuerySet[Any]:
    """Adds `at` to sort by: 0 where the field begins with what was typed, 1 where it contains it,
    2 otherwise."""
    typed = " ".join(words)
    ranked: QuerySet[Any] = rows.annotate(
        at=Case(
            When(**{f"{field}__istartswith": typed}, then=Value(0)),
            When(**{f"{field}__icontains": typed}, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    )
    return ranked


def _account_note(account: Account) -> str:
    parts = [account.plan, account.owner.name if account.owner else ""]
    return ", ".join(part for part in parts if part)


def _id(account: Account) -> str:
    return f"{account.external_id} {account.plan}"


def _name(account: Account | None) -> str:
    return account.name if account else ""


def _writer(message: Message) -> str:
    contact = message.conversation.contact
    if message.author == Message.Author.CONTACT:
        return str(contact)
    spoke = message.author == Message.Author.MEMBER and message.member
    who = message.member.name if spoke and message.member else "The assistant"
    return f"{who} to {contact}"
