"""Imports articles from elsewhere; doing it again reads again, and changes what has changed."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from vcsm.core.safe_http import NotRead
from vcsm.knowledge.articles import ArticleRefused, ArticleText, make_slug, save_article
from vcsm.knowledge.models import Article
from vcsm.knowledge.sources import Draft, Place, read_file, read_source

MOST_NOTES = 50


@dataclass
class Imported:
    """How many articles were new, changed, as before, left alone because edited here, or failed."""

    total: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0
    failed: int = 0
    notes: list[str] = field(default_factory=list)
    """Sentences about what failed, the first MOST_NOTES."""

    @property
    def done(self) -> int:
        return self.added + self.changed + self.same + self.kept + self.failed

    def count(self, outcome: str, note: str = "") -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)
        if note and len(self.notes) < MOST_NOTES:
            self.notes.append(note)


def import_articles(
    places: Sequence[Place],
    *,
    workspace_id: int,
    at: datetime,
    private: bool = False,
    overwrite: bool = False,
) -> Iterator[Imported]:
    """Imports one article per place, each saved by itself, so it may be stopped and begun again.

    Yields the same counts after each. Articles that members have edited here since their import
    stay as they are, unless `overwrite`. `private`: as in `safe_http.read_page`.
    """
    imported = Imported(total=len(places))
    for place in places:
        import_one(
            place,
            imported,
            workspace_id=workspace_id,
            at=at,
            private=private,
            overwrite=overwrite,
        )
        yield imported


def import_one(
    place: Place,
    imported: Imported,
    *,
    workspace_id: int,
    at: datetime,
    private: bool = False,
    overwrite: bool = False,
) -> None:
    """Reads one place, saves its article, and counts what became of it."""
    try:
        draft = read_source(place, private=private)
        outcome = _save(draft, _key(place.key), workspace_id, at, overwrite=overwrite)
    except (NotRead, ArticleRefused) as error:
        imported.count("failed", str(error))
    else:
        imported.count(outcome)


def import_file(name: str, text: str, *, workspace_id: int, at: datetime) -> str:
    """Imports one file of a folder, `name` below it.

    The command makes the same article of the same file. Returns the field of `Imported` that counts
    it. Raises `NotRead`, `ArticleRefused`.
    """
    return _save(read_file(name, text), _key(name), workspace_id, at, overwrite=False)


@transaction.atomic
def _save(draft: Draft, key: str, workspace_id: int, at: datetime, *, overwrite: bool) -> str:
    """Saves an article; returns the field of `Imported` that counts it. Raises `ArticleRefused`."""
    with connection.cursor() as cursor:
        # Without this lock, two imports of the same page at once would make two articles of it.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import'), %s)", [workspace_id])
    article = Article.objects.filter(workspace_id=workspace_id, source=key).first()
    before = article.versions.order_by("-number").first() if article else None
    if article and before and before.by_id is not None and not overwrite:
        return "kept"
    title = " ".join(draft.title.split())[:200]
    slug = article.slug if article else make_slug(title, workspace_id=workspace_id)
    text = ArticleText(title, draft.body, draft.url, article.published if article else True)
    saved = save_article(workspace_id=workspace_id, slug=slug, text=text, at=at)
    if article is None:
        Article.objects.filter(pk=saved.pk).update(source=key)
        return "added"
    after = saved.versions.order_by("-number").first()
    return "same" if after and before and after.number == before.number else "changed"


def _key(key: str) -> str:
    """Returns the key, or of a very long one its beginning and a digest of it all."""
    if len(key) <= 500:
        return key
    return f"{key[:430]}#{hashlib.sha256(key.encode()).hexdigest()}"
