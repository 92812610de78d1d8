"""Writes articles: every change is a numbered version, and the newest answers once it is read."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from vcsm.accounts.models import Member
from vcsm.core import embeddings
from vcsm.knowledge.chunk import split_article
from vcsm.knowledge.index import count_change
from vcsm.knowledge.models import Article, ArticleVersion
from vcsm.knowledge.reading import start_reading

LONGEST_BODY = 1_000_000
LONGEST_ADDRESS = 500
MOST_PASSAGES = 2_000
"""Passages an article may have: more than the longest body of prose gives. With more it is a list,
and answers nothing."""
MADE_AGAIN = timedelta(minutes=2)


@dataclass(frozen=True)
class ArticleText:
    """What a writer decides about an article; `body` is Markdown."""

    title: str
    body: str
    url: str = ""
    published: bool = True


class ArticleRefused(ValueError):
    """The text cannot be an article; the message says why, in one sentence."""


class ChangedMeanwhile(ArticleRefused):
    """Somebody else saved a version after the one that was edited."""


@transaction.atomic
def save_article(
    *,
    workspace_id: int,
    slug: str,
    text: ArticleText,
    at: datetime,
    by: Member | None = None,
    edited: int | None = None,
) -> Article:
    """Creates or replaces the article of that slug, keeps the version, and has it read (`reading`).

    `edited` is the version that the writer started from: raises ChangedMeanwhile when it is no
    longer the newest. Raises ArticleRefused for a text without a title or one that is too long.
    Saving an article as it is changes nothing.
    """
    title, body, passages = _checked(text)
    article = _lock(workspace_id, slug, title)
    newest = article.versions.order_by("-number").first()
    if edited is not None and newest and newest.number != edited:
        raise ChangedMeanwhile(f"Version {newest.number} was saved meanwhile.")
    same_text = newest is not None and (article.title, article.body) == (title, body)
    if same_text and (article.url, article.published) == (text.url, text.published):
        return article
    article.title, article.body = title, body
    article.url, article.published = text.url, text.published
    article.save()
    if same_text:
        count_change(workspace_id)
        return article
    number = newest.number + 1 if newest else 1
    version = ArticleVersion.objects.create(
        article=article, number=number, title=title, body=body, by=by, at=at, passages=passages
    )
    start_reading(article, version)
    return article


def slug_of_repeated(title: str, body: str, *, by: Member, now: datetime) -> str | None:
    """Of the article that the member made of these very words a moment ago: they send it again,
    because the answer was lost."""
    made = Article.objects.filter(
        workspace_id=by.workspace_id,
        versions__number=1,
        versions__by=by,
        versions__title=embeddings.clean_text(title)[:200],
        versions__body=body,
        versions__at__gt=now - MADE_AGAIN,
    )
    return made.values_list("slug", flat=True).first()


def make_slug(title: str, *, workspace_id: int) -> str:
    """Makes an unused slug: `Export a report` → `export-a-report`, numbered if taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:190] or "article"
    taken = set(
        Article.objects.filter(workspace_id=workspace_id, slug__startswith=stem).values_list(
            "slug", flat=True
        )
    )
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2))]
    return next(name for name in names if name not in taken)


def _checked(text: ArticleText) -> tuple[str, str, int]:
    """Returns title, body, and how many passages they are cut into."""
    title, body = embeddings.clean_text(text.title)[:200], text.body.replace("\x00", "")
    if len(text.url) > LONGEST_ADDRESS:
        raise ArticleRefused(f"An address may hold {LONGEST_ADDRESS} characters.")
    if not title:
        raise ArticleRefused("An article needs a title.")
    if len(body) > LONGEST_BODY:
        raise ArticleRefused(f"An article may hold {LONGEST_BODY:,} characters.")
    body = body.encode("utf-8", "replace").decode()
    passages = len(split_article(title=title, body=body))
    if passages > MOST_PASSAGES:
        raise ArticleRefused(
            f"An article may hold {MOST_PASSAGES:,} passages; this one has {passages:,}."
        )
    return title, body, passages


def _lock(workspace_id: int, slug: str, title: str) -> Article:
    """Returns the article of that slug, locked; a new one is made at once, so that writers meet."""
    Article.objects.bulk_create(
        [Article(workspace_id=workspace_id, slug=slug, title=title, body="", published=False)],
        ignore_conflicts=True,
    )
    return Article.objects.select_for_update().get(workspace_id=workspace_id, slug=slug)
